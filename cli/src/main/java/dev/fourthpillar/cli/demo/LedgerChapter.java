package dev.fourthpillar.cli.demo;

import dev.fourthpillar.budget.v1.AccountReconciliation;
import dev.fourthpillar.budget.v1.BalanceServiceGrpc;
import dev.fourthpillar.budget.v1.BookBalance;
import dev.fourthpillar.budget.v1.CurrencyBooks;
import dev.fourthpillar.budget.v1.GetReconciliationRequest;
import dev.fourthpillar.budget.v1.LedgerEntry;
import dev.fourthpillar.budget.v1.LedgerServiceGrpc;
import dev.fourthpillar.budget.v1.ListEntriesRequest;
import dev.fourthpillar.budget.v1.TrialBalanceRequest;
import dev.fourthpillar.cli.suite.SuiteService;
import dev.fourthpillar.cli.table.Table;
import java.util.List;
import java.util.Locale;

/** The double-entry ledger: Ada's account, all accounts against their journals, and all books. */
final class LedgerChapter implements Chapter {
  private static final int SHOWN = 12;

  @Override
  public String title() {
    return "The ledger";
  }

  @Override
  public void play(Scene scene) {
    entries(scene);
    reconciliation(scene);
    books(scene);
  }

  private static void entries(Scene scene) {
    List<LedgerEntry> entries =
        scene
            .api()
            .of(
                SuiteService.BUDGET,
                BalanceServiceGrpc::newBlockingStub,
                scene.api().engineer(Company.ADA))
            .call(
                stub ->
                    stub.listEntries(
                        ListEntriesRequest.newBuilder()
                            .setEngineer(Company.ADA)
                            .setCurrencyCode("USD")
                            .setPageSize(SHOWN)
                            .build()))
            .getEntriesList();
    Table table = new Table(">entry", "what", "debit", "credit", ">amount", ">balance", "cause");
    for (LedgerEntry entry : entries) {
      table.row(
          entry.getNumber(),
          name(entry.getKind().name(), "ENTRY_KIND_"),
          name(entry.getDebit().name(), "BOOK_"),
          name(entry.getCredit().name(), "BOOK_"),
          Monies.print(entry.getAmount()),
          Monies.print(entry.getBalance()),
          entry.getCauseId());
    }
    scene.narrator().say("Ada's account as she sees it herself, the newest entry first:");
    scene.narrator().show(table);
  }

  private static void reconciliation(Scene scene) {
    List<AccountReconciliation> accounts =
        scene
            .api()
            .of(SuiteService.BUDGET, LedgerServiceGrpc::newBlockingStub, scene.api().finance())
            .call(stub -> stub.getReconciliation(GetReconciliationRequest.getDefaultInstance()))
            .getAccountsList();
    long entries = 0;
    for (AccountReconciliation account : accounts) {
      if (!account.getReconciled()) {
        throw new DemoException(account.getAccount() + ": " + account.getProblem());
      }
      entries += account.getEntryCount();
    }
    scene
        .narrator()
        .say(
            "%d accounts were replayed from their %,d entries: every sum and every hash agrees."
                .formatted(accounts.size(), entries));
  }

  private static void books(Scene scene) {
    Table table = new Table("currency", "book", ">holds");
    for (CurrencyBooks currency :
        scene
            .api()
            .of(SuiteService.BUDGET, LedgerServiceGrpc::newBlockingStub, scene.api().finance())
            .call(stub -> stub.trialBalance(TrialBalanceRequest.getDefaultInstance()))
            .getCurrenciesList()) {
      for (BookBalance book : currency.getBooksList()) {
        table.row(
            currency.getCurrencyCode(),
            name(book.getBook().name(), "BOOK_"),
            Monies.print(Monies.exact(book.getAmount())));
      }
    }
    scene.narrator().say("All books; each currency adds up to nothing:");
    scene.narrator().show(table);
  }

  static String name(String value, String prefix) {
    return value.substring(prefix.length()).toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
