package dev.fourthpillar.cli.budget;

import dev.fourthpillar.budget.v1.LedgerEntry;
import dev.fourthpillar.cli.pay.Amounts;
import dev.fourthpillar.cli.table.Table;
import java.util.List;

/** Ledger entries as a table. */
public final class EntriesText {
  private EntriesText() {}

  public static String of(List<LedgerEntry> entries) {
    if (entries.isEmpty()) {
      return "no entries\n";
    }
    Table table =
        new Table(">entry", "what", "to", "from", ">amount", ">balance", "counts from", "cause");
    for (LedgerEntry entry : entries) {
      table.row(
          entry.getNumber(),
          Cells.name(entry.getKind(), "ENTRY_KIND_"),
          Cells.name(entry.getDebit(), "BOOK_"),
          Cells.name(entry.getCredit(), "BOOK_"),
          Amounts.print(entry.getAmount()),
          Amounts.number(entry.getBalance()),
          Cells.time(entry.getEffectiveTime()),
          entry.getCauseDetail().isEmpty()
              ? entry.getCauseId()
              : entry.getCauseId() + " (" + entry.getCauseDetail() + ")");
    }
    return table.toString();
  }
}
