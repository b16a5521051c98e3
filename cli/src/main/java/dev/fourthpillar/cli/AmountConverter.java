package dev.fourthpillar.cli;

import com.google.type.Money;
import dev.fourthpillar.cli.pay.Amounts;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code "375.50 USD"}. */
final class AmountConverter implements ITypeConverter<Money> {
  @Override
  public Money convert(String value) {
    return Amounts.parse(value)
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "'%s' (expected: %s, in quotes)".formatted(value, Amounts.FORM)));
  }
}
