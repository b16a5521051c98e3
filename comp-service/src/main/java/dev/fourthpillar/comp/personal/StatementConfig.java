package dev.fourthpillar.comp.personal;

import dev.fourthpillar.backbone.config.Check;
import dev.fourthpillar.comp.money.Percent;
import dev.fourthpillar.comp.statement.Thresholds;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.math.BigDecimal;

/**
 * Where a statement warns.
 *
 * @param nearsSalaryPercent consumed / base in percent, from which a warning is shown
 */
@ConfigurationProperties(StatementConfig.PREFIX)
public record StatementConfig(@Bindable(defaultValue = "50") BigDecimal nearsSalaryPercent) {
  static final String PREFIX = "fourthpillar.statement";

  private static final BigDecimal LEAST = new BigDecimal("0.01");
  private static final BigDecimal MOST = new BigDecimal("100");

  public StatementConfig {
    new Check(PREFIX).between("nears-salary-percent", nearsSalaryPercent, LEAST, MOST);
  }

  Thresholds thresholds() {
    var others = Thresholds.DEFAULT;
    return new Thresholds(
        new Percent(nearsSalaryPercent),
        others.cashGrowthAtMost(),
        others.computeGrowthAtLeast(),
        others.newComputeAtLeast());
  }
}
