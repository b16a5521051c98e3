package dev.fourthpillar.cli;

import com.google.type.Decimal;
import dev.fourthpillar.backbone.edge.time.DateMapper;
import dev.fourthpillar.comp.v1.GivenRate;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code USD/SEK=10.50@2026-01-01}: so many SEK for one USD on that day. */
final class RateConverter implements ITypeConverter<GivenRate> {
  private static final Pattern FORM =
      Pattern.compile("([A-Z]{3})/([A-Z]{3})=([0-9.]{1,40})@([0-9-]{10})");

  @Override
  public GivenRate convert(String value) {
    var given = FORM.matcher(value);
    try {
      if (given.matches()) {
        return GivenRate.newBuilder()
            .setSourceCurrencyCode(given.group(1))
            .setTargetCurrencyCode(given.group(2))
            .setRate(Decimal.newBuilder().setValue(given.group(3)))
            .setDate(DateMapper.toProto(LocalDate.parse(given.group(4))))
            .build();
      }
    } catch (DateTimeException _) {
      // Told below, with the form.
    }
    throw new TypeConversionException(
        "'%s' (expected: for example USD/SEK=10.50@2026-01-01)".formatted(value));
  }
}
