package dev.fourthpillar.budget.ledger;

import com.google.protobuf.ByteString;
import dev.fourthpillar.backbone.edge.money.MoneyMapper;
import dev.fourthpillar.backbone.edge.time.TimestampMapper;
import dev.fourthpillar.backbone.paging.Page;
import dev.fourthpillar.backbone.paging.PageRequest;
import dev.fourthpillar.backbone.paging.PageTokens;
import dev.fourthpillar.budget.checkpoint.Checkpoint;
import dev.fourthpillar.budget.checkpoint.CheckpointMapper;
import dev.fourthpillar.budget.checkpoint.SigningKey;
import dev.fourthpillar.budget.journal.Book;
import dev.fourthpillar.budget.journal.Cause;
import dev.fourthpillar.budget.journal.Entry;
import dev.fourthpillar.budget.journal.EntryKind;
import dev.fourthpillar.budget.journal.Totals;
import dev.fourthpillar.budget.ledger.Replay.Reconciled;
import dev.fourthpillar.budget.v1.AccountReconciliation;
import dev.fourthpillar.budget.v1.BookBalance;
import dev.fourthpillar.budget.v1.BookedEntry;
import dev.fourthpillar.budget.v1.CauseType;
import dev.fourthpillar.budget.v1.CurrencyBooks;
import dev.fourthpillar.budget.v1.CurrencyTotals;
import dev.fourthpillar.budget.v1.GetReconciliationRequest;
import dev.fourthpillar.budget.v1.GetReconciliationResponse;
import dev.fourthpillar.budget.v1.LedgerEntry;
import dev.fourthpillar.budget.v1.LedgerServiceGrpc;
import dev.fourthpillar.budget.v1.LedgerTotals;
import dev.fourthpillar.budget.v1.ListCheckpointKeysRequest;
import dev.fourthpillar.budget.v1.ListCheckpointKeysResponse;
import dev.fourthpillar.budget.v1.ListCheckpointsRequest;
import dev.fourthpillar.budget.v1.ListCheckpointsResponse;
import dev.fourthpillar.budget.v1.LotMovement;
import dev.fourthpillar.budget.v1.TrialBalanceResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** The ledger between the contract and the domain. */
public final class LedgerMapper {
  private static final PageTokens CHECKPOINTS =
      PageTokens.of(LedgerServiceGrpc.getListCheckpointsMethod().getFullMethodName());
  private static final PageTokens KEYS =
      PageTokens.of(LedgerServiceGrpc.getListCheckpointKeysMethod().getFullMethodName());

  private LedgerMapper() {}

  /** An entry of an account of that currency. */
  public static LedgerEntry toProto(Entry entry, String currency) {
    return LedgerEntry.newBuilder()
        .setNumber(entry.number())
        .setKind(toProto(entry.kind()))
        .setDebit(toProto(entry.debit()))
        .setCredit(toProto(entry.credit()))
        .setAmount(MoneyMapper.toProto(currency, entry.amount()))
        .setCauseId(entry.cause().id())
        .setCauseDetail(entry.cause().detail())
        .addAllLots(
            entry.lots().stream()
                .map(
                    part ->
                        LotMovement.newBuilder()
                            .setLot(part.lot())
                            .setAmount(MoneyMapper.toProto(currency, part.nanos()))
                            .build())
                .toList())
        .setEffectiveTime(TimestampMapper.toProto(entry.effective()))
        .setRecordTime(TimestampMapper.toProto(entry.recorded()))
        .setBalance(MoneyMapper.toProto(currency, entry.totals().balance()))
        .setChainHash(ByteString.copyFrom(entry.hash().bytes()))
        .build();
  }

  /** An entry with all that its hash covers. */
  public static BookedEntry toBooked(Entry entry, String currency) {
    return BookedEntry.newBuilder()
        .setEntry(toProto(entry, currency))
        .setCauseType(toProto(entry.cause().type()))
        .setTotals(totals(currency, entry.totals()))
        .build();
  }

  private static CauseType toProto(Cause.Type type) {
    return switch (type) {
      case COMMAND -> CauseType.CAUSE_TYPE_COMMAND;
      case EVENT -> CauseType.CAUSE_TYPE_EVENT;
      case SCHEDULE -> CauseType.CAUSE_TYPE_SCHEDULE;
    };
  }

  static Optional<String> account(GetReconciliationRequest request) {
    return request.getAccount().isEmpty() ? Optional.empty() : Optional.of(request.getAccount());
  }

  static PageRequest page(GetReconciliationRequest request) {
    return tokens(request).read(request.getPageSize(), request.getPageToken());
  }

  static GetReconciliationResponse toProto(
      Page<Reconciled> page, GetReconciliationRequest request) {
    GetReconciliationResponse.Builder response =
        GetReconciliationResponse.newBuilder().setNextPageToken(tokens(request).next(page));
    var byCurrency = new TreeMap<String, List<Reconciled>>();
    for (Reconciled each : page.items()) {
      response.addAccounts(account(each));
      byCurrency.computeIfAbsent(each.stored().currency(), _ -> new ArrayList<>()).add(each);
    }
    byCurrency.forEach(
        (currency, accounts) ->
            response.addTotals(
                CurrencyTotals.newBuilder()
                    .setCurrencyCode(currency)
                    .setAccountCount(accounts.size())
                    .setStored(
                        totals(
                            currency,
                            sum(accounts.stream().map(each -> each.stored().totals()).toList())))
                    .setReplayed(
                        totals(currency, sum(accounts.stream().map(Reconciled::replayed).toList())))
                    .build()));
    return response.build();
  }

  static PageRequest page(ListCheckpointsRequest request) {
    return CHECKPOINTS.read(request.getPageSize(), request.getPageToken());
  }

  static ListCheckpointsResponse toCheckpoints(Page<Checkpoint> page) {
    return ListCheckpointsResponse.newBuilder()
        .addAllCheckpoints(page.items().stream().map(CheckpointMapper::toProto).toList())
        .setNextPageToken(CHECKPOINTS.next(page))
        .build();
  }

  static PageRequest page(ListCheckpointKeysRequest request) {
    return KEYS.read(request.getPageSize(), request.getPageToken());
  }

  static ListCheckpointKeysResponse toKeys(Page<SigningKey> page) {
    return ListCheckpointKeysResponse.newBuilder()
        .addAllKeys(page.items().stream().map(CheckpointMapper::toProto).toList())
        .setNextPageToken(KEYS.next(page))
        .build();
  }

  private static PageTokens tokens(GetReconciliationRequest request) {
    return PageTokens.of(
        LedgerServiceGrpc.getGetReconciliationMethod().getFullMethodName(), request.getAccount());
  }

  private static AccountReconciliation account(Reconciled each) {
    String currency = each.stored().currency();
    return AccountReconciliation.newBuilder()
        .setAccount(each.stored().account())
        .setReconciled(each.problem().isEmpty())
        .setStored(totals(currency, each.stored().totals()))
        .setReplayed(totals(currency, each.replayed()))
        .setEntryCount(each.entries())
        .setFirstWrongEntry(each.firstWrong())
        .setProblem(each.problem())
        .build();
  }

  private static Totals sum(List<Totals> totals) {
    return totals.stream().reduce(Totals.NONE, Totals::plus);
  }

  private static LedgerTotals totals(String currency, Totals totals) {
    return LedgerTotals.newBuilder()
        .setGranted(MoneyMapper.toProto(currency, totals.granted()))
        .setReduced(MoneyMapper.toProto(currency, totals.reduced()))
        .setSettled(MoneyMapper.toProto(currency, totals.settled()))
        .setExpired(MoneyMapper.toProto(currency, totals.expired()))
        .setBalance(MoneyMapper.toProto(currency, totals.balance()))
        .setOverage(MoneyMapper.toProto(currency, totals.overage()))
        .setUncapped(MoneyMapper.toProto(currency, totals.uncapped()))
        .build();
  }

  static TrialBalanceResponse toProto(LedgerService.Trial trial) {
    TrialBalanceResponse.Builder response =
        TrialBalanceResponse.newBuilder().setAsOf(TimestampMapper.toProto(trial.asOf()));
    for (CurrencySums sums : trial.currencies()) {
      CurrencyBooks.Builder books =
          CurrencyBooks.newBuilder()
              .setCurrencyCode(sums.currency())
              .setAccountCount(sums.accounts());
      sums.books()
          .forEach(
              (book, nanos) -> {
                if (nanos.signum() != 0) {
                  books.addBooks(
                      BookBalance.newBuilder()
                          .setBook(toProto(book))
                          .setAmount(MoneyMapper.toProto(sums.currency(), nanos)));
                }
              });
      response.addCurrencies(books);
    }
    return response.build();
  }

  private static dev.fourthpillar.budget.v1.EntryKind toProto(EntryKind kind) {
    return switch (kind) {
      case GRANT -> dev.fourthpillar.budget.v1.EntryKind.ENTRY_KIND_GRANT;
      case SETTLE -> dev.fourthpillar.budget.v1.EntryKind.ENTRY_KIND_SETTLE;
      case ROLLOVER -> dev.fourthpillar.budget.v1.EntryKind.ENTRY_KIND_ROLLOVER;
      case EXPIRE -> dev.fourthpillar.budget.v1.EntryKind.ENTRY_KIND_EXPIRE;
      case REDUCE -> dev.fourthpillar.budget.v1.EntryKind.ENTRY_KIND_REDUCE;
      case REVOKE -> dev.fourthpillar.budget.v1.EntryKind.ENTRY_KIND_REVOKE;
      case ADJUST -> dev.fourthpillar.budget.v1.EntryKind.ENTRY_KIND_ADJUST;
      case OVERAGE -> dev.fourthpillar.budget.v1.EntryKind.ENTRY_KIND_OVERAGE;
    };
  }

  private static dev.fourthpillar.budget.v1.Book toProto(Book book) {
    return switch (book) {
      case BALANCE -> dev.fourthpillar.budget.v1.Book.BOOK_BALANCE;
      case GRANTED -> dev.fourthpillar.budget.v1.Book.BOOK_GRANTED;
      case CONSUMED -> dev.fourthpillar.budget.v1.Book.BOOK_CONSUMED;
      case EXPIRED -> dev.fourthpillar.budget.v1.Book.BOOK_EXPIRED;
      case REDUCED -> dev.fourthpillar.budget.v1.Book.BOOK_REDUCED;
      case OVERAGE -> dev.fourthpillar.budget.v1.Book.BOOK_OVERAGE;
      case EMPLOYER -> dev.fourthpillar.budget.v1.Book.BOOK_EMPLOYER;
      case UNCAPPED -> dev.fourthpillar.budget.v1.Book.BOOK_UNCAPPED;
      case CARRIED -> dev.fourthpillar.budget.v1.Book.BOOK_CARRIED;
    };
  }
}
