package dev.fourthpillar.cli.budget;

import com.google.type.Money;
import dev.fourthpillar.budget.v1.AccountBalance;
import dev.fourthpillar.budget.v1.AccountExplanation;
import dev.fourthpillar.budget.v1.ExplainBalanceResponse;
import dev.fourthpillar.budget.v1.LotBalance;
import dev.fourthpillar.budget.v1.PendingLine;
import dev.fourthpillar.cli.pay.Amounts;
import dev.fourthpillar.cli.table.Table;
import java.util.List;

/** Balances, and what they are made of. */
public final class BalanceText {
  private BalanceText() {}

  /** A person's accounts, one after the other. */
  public static String of(String engineer, List<AccountBalance> balances) {
    if (balances.isEmpty()) {
      return engineer + " has no account yet\n";
    }
    StringBuilder text = new StringBuilder();
    balances.forEach(balance -> text.append(account(balance)));
    return text.toString();
  }

  /** The same with the latest entries, and with what waits to be booked. */
  public static String explained(String engineer, ExplainBalanceResponse explanation) {
    StringBuilder text = new StringBuilder();
    for (AccountExplanation account : explanation.getAccountsList()) {
      text.append(account(account.getBalance()))
          .append("\nThe latest entries:\n")
          .append(EntriesText.of(account.getEntriesList()));
    }
    if (explanation.getAccountsCount() == 0) {
      text.append(engineer).append(" has no account yet\n");
    }
    if (explanation.getPendingLineCount() > 0) {
      text.append(
          "\nWaits to be booked, %d of %d:\n"
              .formatted(explanation.getPendingLinesCount(), explanation.getPendingLineCount()));
      Table waiting = new Table(">number", "waits for", "call", ">list price", "since");
      for (PendingLine line : explanation.getPendingLinesList()) {
        waiting.row(
            line.getNumber(),
            Cells.name(line.getCause(), "PENDING_CAUSE_"),
            Cells.time(line.getUsageMinute()),
            Amounts.print(line.getListAmount()),
            Cells.time(line.getRecordTime()));
      }
      text.append(waiting);
    }
    return text.toString();
  }

  private static String account(AccountBalance balance) {
    Table sums = new Table("", ">" + balance.getCurrencyCode());
    sums.row("granted", Amounts.number(balance.getGranted()));
    taken(sums, "reduced", balance.getReduced());
    taken(sums, "settled", balance.getSettled());
    taken(sums, "expired", balance.getExpired());
    if (balance.hasHeld()) {
      taken(sums, "held", balance.getHeld());
    }
    sums.row("available", Amounts.number(balance.getAvailable()));
    StringBuilder text =
        new StringBuilder(
            "%s as of %s, entry %d\n\n%s"
                .formatted(
                    balance.getAccount(), Cells.time(balance.getAsOf()), balance.getEntry(), sums));
    if (balance.getUnlimited()) {
      text.append("There is no limit now: a hold is let through whatever is available.\n");
    }
    beside(text, "charged beyond the budget, the employer's", balance.getOverage());
    beside(text, "charged where there was no limit", balance.getUncapped());
    if (balance.getLotsCount() > 0) {
      Table lots = new Table("lot", ">granted", ">held", ">settled", ">available", "until");
      for (LotBalance lot : balance.getLotsList()) {
        lots.row(
            lot.getLot(),
            Amounts.number(lot.getGranted()),
            Amounts.number(lot.getHeld()),
            Amounts.number(lot.getSettled()),
            Amounts.number(lot.getAvailable()),
            lot.hasExpireTime() ? Cells.time(lot.getExpireTime()) : "–");
      }
      text.append('\n').append(lots);
    }
    return text.toString();
  }

  private static void taken(Table sums, String what, Money amount) {
    sums.row("– " + what, Amounts.number(amount));
  }

  private static void beside(StringBuilder text, String what, Money amount) {
    if (amount.getUnits() != 0 || amount.getNanos() != 0) {
      text.append("Beside it: %s %s.\n".formatted(Amounts.print(amount), what));
    }
  }
}
