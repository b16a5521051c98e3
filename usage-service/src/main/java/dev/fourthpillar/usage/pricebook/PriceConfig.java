package dev.fourthpillar.usage.pricebook;

import dev.fourthpillar.backbone.config.Check;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.math.BigDecimal;

/**
 * What the employer pays, and how much an import may change unseen.
 *
 * @param employerDiscount what the employer pays less than the list price, as a fraction, where an
 *     activation says nothing else
 * @param maxDroppedShare of the rows of the book before; an import that drops more needs a
 *     confirmation
 * @param maxChangedShare of the rows of the book before; an import that changes more prices needs a
 *     confirmation
 */
@ConfigurationProperties(PriceConfig.PREFIX)
public record PriceConfig(
    @Bindable(defaultValue = "0") BigDecimal employerDiscount,
    @Bindable(defaultValue = "0.05") BigDecimal maxDroppedShare,
    @Bindable(defaultValue = "0.20") BigDecimal maxChangedShare) {
  static final String PREFIX = "fourthpillar.price-book";

  private static final int MAX_SCALE = 6;

  public PriceConfig {
    Check check = new Check(PREFIX);
    check.that(
        "employer-discount",
        employerDiscount.signum() >= 0
            && employerDiscount.compareTo(BigDecimal.ONE) <= 0
            && employerDiscount.stripTrailingZeros().scale() <= MAX_SCALE,
        employerDiscount,
        "0 to 1, at most 6 decimals");
    check.between("max-dropped-share", maxDroppedShare, BigDecimal.ZERO, BigDecimal.ONE);
    check.between("max-changed-share", maxChangedShare, BigDecimal.ZERO, BigDecimal.ONE);
  }
}
