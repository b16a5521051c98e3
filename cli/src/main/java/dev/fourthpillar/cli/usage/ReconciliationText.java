package dev.fourthpillar.cli.usage;

import dev.fourthpillar.cli.budget.Cells;
import dev.fourthpillar.cli.pay.Amounts;
import dev.fourthpillar.cli.table.Table;
import dev.fourthpillar.usage.v1.Conflict;
import dev.fourthpillar.usage.v1.ConflictingReport;
import dev.fourthpillar.usage.v1.Difference;
import dev.fourthpillar.usage.v1.Shortfall;
import dev.fourthpillar.usage.v1.ShortfallQuantity;
import dev.fourthpillar.usage.v1.UnmatchedRule;
import dev.fourthpillar.usage.v1.UnmatchedUsage;
import java.time.LocalDate;
import java.util.List;

/** What found no hold, and what reports say otherwise, as tables. */
public final class ReconciliationText {
  private static final String POLICY = "UNMATCHED_POLICY_";
  private static final String CONFLICT = "CONFLICT_KIND_";

  private ReconciliationText() {}

  public static String unmatched(List<UnmatchedUsage> usages) {
    if (usages.isEmpty()) {
      return "nothing waits for a decision\n";
    }
    Table table = new Table(">call", "engineer", "tool", "made at", "model", ">list price");
    for (UnmatchedUsage usage : usages) {
      table.row(
          usage.getUnitId(),
          usage.getEngineer().isEmpty() ? "(nobody)" : usage.getEngineer(),
          OpenUsageText.tool(usage.getTool()),
          Cells.time(usage.getUsageTime()),
          usage.getProvider() + "/" + usage.getModel(),
          usage.hasListAmount() ? Amounts.print(usage.getListAmount()) : "(none)");
    }
    return table + "decide: fp usage unmatched --charge, or --dismiss\n";
  }

  public static String shortfalls(List<Shortfall> shortfalls) {
    if (shortfalls.isEmpty()) {
      return "every call that metrics tell of was heard of\n";
    }
    Table table =
        new Table("tool", "engineer", "model", "from", "until", "kind", ">metered", ">counted");
    for (Shortfall shortfall : shortfalls) {
      for (ShortfallQuantity quantity : shortfall.getQuantitiesList()) {
        table.row(
            OpenUsageText.tool(shortfall.getTool()),
            shortfall.getEngineer().isEmpty() ? "(nobody)" : shortfall.getEngineer(),
            shortfall.getModel(),
            Cells.time(shortfall.getStartTime()),
            Cells.time(shortfall.getEndTime()),
            quantity.getMeter(),
            "%,d".formatted(quantity.getMeteredCount()),
            "%,d".formatted(quantity.getCountedCount()));
      }
    }
    return table.toString();
  }

  public static String conflicts(List<Conflict> conflicts) {
    if (conflicts.isEmpty()) {
      return "nothing contradicts anything\n";
    }
    Table table = new Table("what", "made at", "tool", ">call", "says", "counts");
    for (Conflict conflict : conflicts) {
      String what = Cells.name(conflict.getKind(), CONFLICT);
      String made = Cells.time(conflict.getUsageTime());
      String tool = OpenUsageText.tool(conflict.getTool());
      for (ConflictingReport report : conflict.getReportsList()) {
        table.row(
            what,
            made,
            tool,
            conflict.getUnitId(),
            said(
                report.getProvider() + "/" + report.getModel(),
                OpenUsageText.quantities(report.getQuantitiesList())),
            report.getCounts() ? "yes" : "no");
      }
      if (!conflict.getHoldId().isEmpty()) {
        table.row(
            what,
            made,
            tool,
            conflict.getUnitId(),
            "hold %s of %s".formatted(conflict.getHoldId(), conflict.getHoldEngineer()),
            "yes");
        table.row(
            what,
            made,
            tool,
            conflict.getUnitId(),
            String.join(", ", conflict.getClaimsList()),
            "no");
      }
    }
    return table.toString();
  }

  public static String rule(UnmatchedRule rule) {
    String whose =
        rule.getEngineer().isEmpty()
            ? "credential " + rule.getCredential()
            : "engineer " + rule.getEngineer();
    return "%s, %s: %s%s\n"
        .formatted(
            whose,
            rule.getTool().isEmpty() ? "all tools" : rule.getTool(),
            rule.getPolicy().getNumber() == 0 ? "default" : Cells.name(rule.getPolicy(), POLICY),
            rule.hasEffectiveTime() ? " from " + Cells.time(rule.getEffectiveTime()) : "");
  }

  public static String differences(List<Difference> differences) {
    if (differences.isEmpty()) {
      return "no differences\n";
    }
    Table table =
        new Table("day", "report", "model", "key", "engineer", "reported", "counted", "agrees");
    for (Difference line : differences) {
      table.row(
          LocalDate.of(line.getDay().getYear(), line.getDay().getMonth(), line.getDay().getDay()),
          line.getFormat(),
          line.getProvider() + "/" + (line.getModel().isEmpty() ? "*" : line.getModel()),
          line.getKey().isEmpty() ? "*" : line.getKey(),
          line.getKey().isEmpty() ? "*" : line.getEngineer().isEmpty() ? "?" : line.getEngineer(),
          said(
              OpenUsageText.quantities(line.getReportedList()),
              line.hasReportedAmount() ? Amounts.print(line.getReportedAmount()) : ""),
          said(
              OpenUsageText.quantities(line.getCountedList()),
              line.hasCountedAmount() ? Amounts.print(line.getCountedAmount()) : ""),
          line.getEqual() ? "yes" : "no");
    }
    return table.toString();
  }

  private static String said(String quantities, String amount) {
    return amount.isEmpty()
        ? quantities
        : quantities.isEmpty() ? amount : quantities + ", " + amount;
  }
}
