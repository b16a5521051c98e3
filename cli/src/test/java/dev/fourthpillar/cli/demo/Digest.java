package dev.fourthpillar.cli.demo;

import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import com.google.type.Money;
import dev.fourthpillar.backbone.edge.time.DateMapper;
import dev.fourthpillar.backbone.edge.time.TimestampMapper;
import dev.fourthpillar.budget.v1.AccountBalance;
import dev.fourthpillar.budget.v1.BalanceServiceGrpc;
import dev.fourthpillar.budget.v1.BookBalance;
import dev.fourthpillar.budget.v1.CurrencyBooks;
import dev.fourthpillar.budget.v1.GetBalanceRequest;
import dev.fourthpillar.budget.v1.GetReconciliationRequest;
import dev.fourthpillar.budget.v1.GetReconciliationResponse;
import dev.fourthpillar.budget.v1.LedgerEntry;
import dev.fourthpillar.budget.v1.LedgerServiceGrpc;
import dev.fourthpillar.budget.v1.ListEntriesRequest;
import dev.fourthpillar.budget.v1.ListEntriesResponse;
import dev.fourthpillar.budget.v1.TrialBalanceRequest;
import dev.fourthpillar.cli.suite.Suite;
import dev.fourthpillar.cli.suite.SuiteService;
import dev.fourthpillar.comp.v1.CompensationServiceGrpc;
import dev.fourthpillar.comp.v1.GetStatementRequest;
import dev.fourthpillar.comp.v1.Snapshot;
import dev.fourthpillar.comp.v1.SnapshotKind;
import dev.fourthpillar.comp.v1.Statement;
import dev.fourthpillar.usage.v1.QueryUsageRequest;
import dev.fourthpillar.usage.v1.UsageDimension;
import dev.fourthpillar.usage.v1.UsageGroup;
import dev.fourthpillar.usage.v1.UsageQueryServiceGrpc;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a suite has come to: every balance, every book of every account, all usage and every
 * statement, value by value. Not in it is when something was recorded, and in how many entries.
 */
final class Digest {
  private static final Duration AROUND = Duration.ofDays(2);
  private static final int PAGE = 500;

  private final Api api;
  private final Calendar calendar;
  private final Map<String, String> values = new TreeMap<>();

  private Digest(Api api, Calendar calendar) {
    this.api = api;
    this.calendar = calendar;
  }

  static Map<String, String> of(Suite suite, Calendar calendar) {
    Digest digest = new Digest(new Api(suite, new Steps(_ -> {})), calendar);
    for (Employee employee : Company.employees(calendar.firstDay())) {
      digest.account(employee.id());
      digest.statement(employee.id());
    }
    digest.books();
    digest.usage();
    return digest.values;
  }

  private void account(String engineer) {
    var balances = api.of(SuiteService.BUDGET, BalanceServiceGrpc::newBlockingStub, api.finance());
    for (AccountBalance balance :
        balances
            .call(
                stub ->
                    stub.getBalance(GetBalanceRequest.newBuilder().setEngineer(engineer).build()))
            .getBalancesList()) {
      add(
          "balance of " + balance.getAccount(),
          balance.toBuilder().clearEntry().clearAsOf().clearKnownAt().build());
      ListEntriesRequest.Builder request =
          ListEntriesRequest.newBuilder()
              .setEngineer(engineer)
              .setCurrencyCode(balance.getCurrencyCode())
              .setPageSize(PAGE);
      Map<String, BigDecimal> books = new TreeMap<>();
      ListEntriesResponse page;
      do {
        page = balances.call(stub -> stub.listEntries(request.build()));
        for (LedgerEntry entry : page.getEntriesList()) {
          BigDecimal amount = Monies.exact(entry.getAmount());
          books.merge(entry.getDebit().name(), amount, BigDecimal::add);
          books.merge(entry.getCredit().name(), amount.negate(), BigDecimal::add);
        }
        request.setPageToken(page.getNextPageToken());
      } while (!page.getNextPageToken().isEmpty());
      books.forEach((book, amount) -> put(balance.getAccount() + " " + book, amount));
    }
  }

  private void statement(String engineer) {
    Statement statement =
        api.of(SuiteService.COMP, CompensationServiceGrpc::newBlockingStub, api.hr())
            .call(
                stub ->
                    stub.getStatement(
                        GetStatementRequest.newBuilder()
                            .setEngineer(engineer)
                            .setAsOfDate(DateMapper.toProto(calendar.today()))
                            .build()))
            .getStatement();
    Statement.Builder told = statement.toBuilder().clearSnapshots();
    for (Snapshot snapshot : statement.getSnapshotsList()) {
      // How far it had read depends on how often each balance was told.
      told.addSnapshots(
          snapshot.getKind() == SnapshotKind.SNAPSHOT_KIND_METERED_CHARGES
              ? snapshot.toBuilder().clearId().clearDescription().build()
              : snapshot);
    }
    add("statement of " + engineer, told.build());
  }

  private void books() {
    var ledger = api.of(SuiteService.BUDGET, LedgerServiceGrpc::newBlockingStub, api.finance());
    for (CurrencyBooks currency :
        ledger
            .call(stub -> stub.trialBalance(TrialBalanceRequest.getDefaultInstance()))
            .getCurrenciesList()) {
      for (BookBalance book : currency.getBooksList()) {
        add("all books, " + currency.getCurrencyCode() + " " + book.getBook(), book);
      }
    }
    GetReconciliationResponse reconciliation =
        ledger.call(stub -> stub.getReconciliation(GetReconciliationRequest.getDefaultInstance()));
    reconciliation
        .getAccountsList()
        .forEach(
            account ->
                add(
                    "reconciliation of " + account.getAccount(),
                    account.toBuilder().clearEntryCount().build()));
    reconciliation
        .getTotalsList()
        .forEach(totals -> add("reconciliation, " + totals.getCurrencyCode(), totals));
  }

  private void usage() {
    for (UsageGroup group :
        api.of(SuiteService.USAGE, UsageQueryServiceGrpc::newBlockingStub, api.finance())
            .call(
                stub ->
                    stub.queryUsage(
                        QueryUsageRequest.newBuilder()
                            .setStartTime(
                                TimestampMapper.toProto(
                                    calendar.start().truncatedTo(ChronoUnit.DAYS).minus(AROUND)))
                            .setEndTime(
                                TimestampMapper.toProto(
                                    calendar.asOf().truncatedTo(ChronoUnit.DAYS).plus(AROUND)))
                            .addAllGroupBy(
                                List.of(
                                    UsageDimension.USAGE_DIMENSION_ENGINEER,
                                    UsageDimension.USAGE_DIMENSION_PROVIDER,
                                    UsageDimension.USAGE_DIMENSION_MODEL,
                                    UsageDimension.USAGE_DIMENSION_STATE))
                            .setPageSize(PAGE)
                            .build()))
            .getGroupsList()) {
      add(
          "usage of %s, %s, %s".formatted(group.getEngineer(), group.getModel(), group.getState()),
          group);
    }
  }

  private void add(String path, Message message) {
    message
        .getAllFields()
        .forEach(
            (field, value) -> {
              if (field.isRepeated()) {
                List<?> each = (List<?>) value;
                for (int i = 0; i < each.size(); i++) {
                  addValue("%s.%s[%d]".formatted(path, field.getName(), i), each.get(i));
                }
              } else {
                addValue(path + "." + field.getName(), value);
              }
            });
  }

  private void addValue(String path, Object value) {
    switch (value) {
      case Money money -> put(path + " " + money.getCurrencyCode(), Monies.exact(money));
      case Timestamp time -> values.put(path, TimestampMapper.fromProto(time).toString());
      case Message message -> add(path, message);
      default -> values.put(path, String.valueOf(value));
    }
  }

  private void put(String path, BigDecimal amount) {
    values.put(path, amount.setScale(9).toPlainString());
  }
}
