package dev.fourthpillar.backbone.edge.decimal;

import com.google.type.Decimal;
import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.Violation;
import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Pattern;

/** {@code google.type.Decimal} to exact decimals and back. */
public final class DecimalMapper {

  /**
   * Longer than any price, rate or percentage; an exponent of many digits would fill the memory.
   */
  public static final int MAX_LENGTH = 60;

  private static final Pattern PLAIN = Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)");

  private DecimalMapper() {}

  /**
   * The value of a field.
   *
   * @param field path of the field, for the failure
   */
  public static BigDecimal fromProto(Decimal decimal, String field) {
    List<Violation> violations = violations(decimal, field);
    if (!violations.isEmpty()) {
      throw Failure.invalidFields(violations).asException();
    }
    return new BigDecimal(decimal.getValue());
  }

  /** The value as the contract carries it: plain, without trailing zeros after a point. */
  public static Decimal toProto(BigDecimal value) {
    BigDecimal stripped = value.stripTrailingZeros();
    return Decimal.newBuilder()
        .setValue((stripped.scale() < 0 ? stripped.setScale(0) : stripped).toPlainString())
        .build();
  }

  /** The value as the contract carries it, with all its digits: 12.50 stays 12.50. */
  public static Decimal toProtoExactly(BigDecimal value) {
    return Decimal.newBuilder().setValue(value.toPlainString()).build();
  }

  /** What is wrong with a decimal whatever it is for. */
  public static List<Violation> violations(Decimal decimal, String field) {
    String value = decimal.getValue();
    return value.length() <= MAX_LENGTH && PLAIN.matcher(value).matches()
        ? List.of()
        : List.of(
            new Violation(
                field + ".value",
                "must be a decimal number without exponent, of at most "
                    + MAX_LENGTH
                    + " characters",
                "decimal.plain"));
  }
}
