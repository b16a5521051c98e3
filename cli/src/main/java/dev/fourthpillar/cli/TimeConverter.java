package dev.fourthpillar.cli;

import com.google.protobuf.Timestamp;
import dev.fourthpillar.backbone.edge.time.TimestampMapper;
import java.time.DateTimeException;
import java.time.Instant;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code 2026-01-01T12:00:00Z}. */
final class TimeConverter implements ITypeConverter<Timestamp> {
  @Override
  public Timestamp convert(String value) {
    try {
      return TimestampMapper.toProto(Instant.parse(value));
    } catch (DateTimeException _) {
      throw new TypeConversionException(
          "'%s' (expected: a time, for example 2026-01-01T12:00:00Z)".formatted(value));
    }
  }
}
