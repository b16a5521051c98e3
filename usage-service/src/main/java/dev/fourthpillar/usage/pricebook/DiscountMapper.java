package dev.fourthpillar.usage.pricebook;

import com.google.type.Decimal;
import dev.fourthpillar.backbone.failure.Failure;
import java.math.BigDecimal;

/** What the employer pays less than list, as requests say it. */
public final class DiscountMapper {
  private static final String FRACTION = "0(\\.[0-9]{1,6})?|1(\\.0{1,6})?";

  private DiscountMapper() {}

  /** The discount of a field {@code employer_discount}. */
  public static BigDecimal fromProto(Decimal discount) {
    if (discount.getValue().matches(FRACTION)) {
      return new BigDecimal(discount.getValue());
    }
    throw Failure.invalidField(
            "employer_discount", "must be a decimal from 0 to 1 with at most 6 digits", "discount")
        .asException();
  }
}
