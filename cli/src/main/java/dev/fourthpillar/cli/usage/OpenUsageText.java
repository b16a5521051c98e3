package dev.fourthpillar.cli.usage;

import dev.fourthpillar.cli.budget.Cells;
import dev.fourthpillar.cli.table.Table;
import dev.fourthpillar.type.v1.Identity;
import dev.fourthpillar.type.v1.MeterQuantity;
import dev.fourthpillar.usage.v1.UnattributedUsage;
import dev.fourthpillar.usage.v1.UnpricedUsage;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Usage that is nobody's, or has no price, as tables. */
public final class OpenUsageText {
  private OpenUsageText() {}

  public static String unattributed(List<UnattributedUsage> groups) {
    if (groups.isEmpty()) {
      return "everything is somebody's\n";
    }
    Table table = new Table("tool", ">calls", "first", "last", "what it says of itself");
    for (UnattributedUsage group : groups) {
      String claims =
          group.getClaimsList().stream().map(OpenUsageText::claim).collect(Collectors.joining(" "));
      table.row(
          tool(group.getTool()),
          "%,d".formatted(group.getUnitCount()),
          Cells.time(group.getFirstTime()),
          Cells.time(group.getLastTime()),
          group.getUnknownEngineer().isEmpty()
              ? claims
              : (claims + " engineer=" + group.getUnknownEngineer() + " (unknown)").strip());
    }
    return table + "map one: fp usage map KIND=VALUE ENGINEER\n";
  }

  /** As {@code fp usage map} takes it. */
  private static String claim(Identity identity) {
    return Cells.name(identity.getKind(), "IDENTITY_KIND_").toLowerCase(Locale.ROOT)
        + "="
        + identity.getValue();
  }

  public static String unpriced(List<UnpricedUsage> groups) {
    if (groups.isEmpty()) {
      return "everything has a price\n";
    }
    Table table = new Table("day", "tool", "provider", "model", ">calls", "what it consumed");
    for (UnpricedUsage group : groups) {
      table.row(
          LocalDate.of(
              group.getDay().getYear(), group.getDay().getMonth(), group.getDay().getDay()),
          tool(group.getTool()),
          group.getProvider(),
          group.getModel().isEmpty() ? "(none said)" : group.getModel(),
          "%,d".formatted(group.getUnitCount()),
          quantities(group.getQuantitiesList()));
    }
    return table.toString();
  }

  static String tool(String tool) {
    return tool.isEmpty() ? "(unknown)" : tool;
  }

  static String quantities(List<MeterQuantity> quantities) {
    return quantities.stream()
        .map(quantity -> "%s %,d".formatted(quantity.getMeter(), quantity.getQuantity()))
        .collect(Collectors.joining(", "));
  }
}
