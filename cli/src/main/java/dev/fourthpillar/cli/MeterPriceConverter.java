package dev.fourthpillar.cli;

import com.google.type.Decimal;
import dev.fourthpillar.usage.v1.MeterPrice;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code input=2.50}, {@code input@batch=1.25}. */
final class MeterPriceConverter implements ITypeConverter<MeterPrice> {
  private static final Pattern FORM = Pattern.compile("([^=@]+)(?:@([^=]+))?=([0-9.]+)");

  @Override
  public MeterPrice convert(String value) {
    Matcher parts = FORM.matcher(value);
    if (!parts.matches()) {
      throw new TypeConversionException(
          "'%s' (expected: METER=PRICE per million, for example input=2.50)".formatted(value));
    }
    return MeterPrice.newBuilder()
        .setMeter(parts.group(1))
        .setServiceTier(parts.group(2) == null ? "standard" : parts.group(2))
        .setPricePerMillion(Decimal.newBuilder().setValue(parts.group(3)))
        .build();
  }
}
