package dev.fourthpillar.cli;

import com.google.type.Date;
import dev.fourthpillar.backbone.edge.time.DateMapper;
import java.time.DateTimeException;
import java.time.LocalDate;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code 2026-01-01}. */
final class DayConverter implements ITypeConverter<Date> {
  @Override
  public Date convert(String value) {
    try {
      return DateMapper.toProto(LocalDate.parse(value));
    } catch (DateTimeException _) {
      throw new TypeConversionException(
          "'%s' (expected: a day, for example 2026-01-01)".formatted(value));
    }
  }
}
