package dev.fourthpillar.cli.budget;

import dev.fourthpillar.budget.v1.Grant;
import dev.fourthpillar.budget.v1.GrantReduction;
import dev.fourthpillar.cli.pay.Amounts;
import dev.fourthpillar.cli.table.Table;
import java.util.List;

/** A person's lots. */
public final class GrantText {
  private GrantText() {}

  /** All of them, and what is to come. */
  public static String of(String engineer, List<Grant> grants) {
    if (grants.isEmpty()) {
      return engineer + " has no lots\n";
    }
    return table(grants) + notes(grants);
  }

  /** One lot after a change. */
  public static String changed(Grant grant) {
    return grant.getAccount() + "\n\n" + of(grant.getEngineer(), List.of(grant));
  }

  private static String table(List<Grant> grants) {
    Table table =
        new Table("lot", "from", ">granted", ">held", ">settled", ">expired", "pays from", "until");
    for (Grant grant : grants) {
      table.row(
          grant.getLot(),
          Cells.name(grant.getSource(), "LOT_SOURCE_"),
          Amounts.print(grant.getGranted()),
          Amounts.number(grant.getHeld()),
          Amounts.number(grant.getSettled()),
          Amounts.number(grant.getExpired()),
          Cells.time(grant.getEffectiveTime()),
          grant.hasExpireTime() ? Cells.time(grant.getExpireTime()) : "–");
    }
    return table.toString();
  }

  private static String notes(List<Grant> grants) {
    StringBuilder text = new StringBuilder();
    for (Grant grant : grants) {
      if (!grant.getReason().isEmpty()) {
        text.append(
            "%s: granted by %s: %s\n"
                .formatted(grant.getLot(), grant.getAuthor(), grant.getReason()));
      }
      for (GrantReduction reduction : grant.getReductionsList()) {
        text.append(
            "%s: – %s at %s, by %s: %s\n"
                .formatted(
                    grant.getLot(),
                    Amounts.print(reduction.getAmount()),
                    Cells.time(reduction.getEffectiveTime()),
                    reduction.getAuthor(),
                    reduction.getReason()));
      }
    }
    return text.isEmpty() ? "" : "\n" + text;
  }
}
