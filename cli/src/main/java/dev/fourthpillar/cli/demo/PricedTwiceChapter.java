package dev.fourthpillar.cli.demo;

import dev.fourthpillar.cli.table.Table;
import dev.fourthpillar.type.v1.MeterQuantity;
import dev.fourthpillar.usage.v1.UsageDimension;
import dev.fourthpillar.usage.v1.UsageGroup;
import java.util.Locale;

/** Every line of usage has two prices. */
final class PricedTwiceChapter implements Chapter {
  @Override
  public String title() {
    return "Usage, priced twice: at list, and at what the employer pays";
  }

  @Override
  public void play(Scene scene) {
    Table table =
        new Table("provider", "model", ">calls", ">tokens", ">at list", ">employer's cost");
    for (UsageGroup group :
        new UsageTotals(scene)
            .by(UsageDimension.USAGE_DIMENSION_PROVIDER, UsageDimension.USAGE_DIMENSION_MODEL)) {
      table.row(
          group.getProvider(),
          group.getModel(),
          group.getUnitCount(),
          String.format(Locale.ROOT, "%,d", tokens(group)),
          Monies.print(group.getListAmount()),
          Monies.print(group.getEmployerAmount()));
    }
    scene.narrator().show(table);
  }

  /** Reasoning is a part of the output. */
  private static long tokens(UsageGroup group) {
    return group.getQuantitiesList().stream()
        .filter(quantity -> !quantity.getMeter().startsWith("reasoning"))
        .mapToLong(MeterQuantity::getQuantity)
        .sum();
  }
}
