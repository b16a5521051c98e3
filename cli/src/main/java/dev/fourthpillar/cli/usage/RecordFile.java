package dev.fourthpillar.cli.usage;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.fourthpillar.backbone.edge.time.TimestampMapper;
import dev.fourthpillar.cli.pay.FileException;
import dev.fourthpillar.type.v1.MeterQuantity;
import dev.fourthpillar.usage.v1.RecordedUsage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Calls in a file: {@code .csv} by its columns, everything else one JSON in a line. A file with
 * something wrong in it is refused as a whole, before anything is recorded.
 *
 * @param records in the order of the file
 */
public record RecordFile(List<RecordedUsage> records) {
  /** Calls of one file. */
  static final int MAX_RECORDS = 1_000_000;

  private static final CSVFormat CSV =
      CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();

  private static final List<String> REQUIRED =
      List.of("usage_id", "event_time", "provider", "model");
  private static final Set<String> OPTIONAL =
      Set.of("engineer", "tool", "session", "agent", "project", "service_tier", "region");

  public RecordFile {
    records = List.copyOf(records);
  }

  /**
   * @throws FileException when the file cannot be taken
   */
  public static RecordFile read(Path file) {
    try {
      return new RecordFile(file.toString().endsWith(".csv") ? csv(file) : lines(file));
    } catch (IOException | UncheckedIOException e) {
      throw new FileException(file, "cannot be read: " + e.getMessage(), e);
    }
  }

  private static List<RecordedUsage> lines(Path file) throws IOException {
    List<RecordedUsage> records = new ArrayList<>();
    List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).isBlank()) {
        continue;
      }
      bounded(file, records);
      RecordedUsage.Builder record = RecordedUsage.newBuilder();
      try {
        JsonFormat.parser().merge(lines.get(i), record);
      } catch (InvalidProtocolBufferException e) {
        throw new FileException(file, "line %d: %s".formatted(i + 1, e.getMessage()), e);
      }
      records.add(record.build());
    }
    return records;
  }

  private static List<RecordedUsage> csv(Path file) throws IOException {
    List<RecordedUsage> records = new ArrayList<>();
    try (CSVParser parser = CSVParser.parse(file, StandardCharsets.UTF_8, CSV)) {
      for (String column : REQUIRED) {
        if (!parser.getHeaderNames().contains(column)) {
          throw new FileException(
              file,
              "no column %s (expected: %s; %s where there is something to say; and a column for each"
                      .formatted(column, String.join(", ", REQUIRED), String.join(", ", OPTIONAL))
                  + " meter)");
        }
      }
      for (CSVRecord row : parser) {
        bounded(file, records);
        records.add(record(file, parser.getHeaderNames(), row));
      }
    } catch (IllegalArgumentException e) {
      throw new FileException(file, "cannot be read: " + e.getMessage(), e);
    }
    return records;
  }

  private static RecordedUsage record(Path file, List<String> columns, CSVRecord row) {
    long number = row.getRecordNumber();
    if (!row.isConsistent()) {
      throw new FileException(file, "row %d has not one value for each column".formatted(number));
    }
    RecordedUsage.Builder record = RecordedUsage.newBuilder();
    for (String column : columns) {
      String value = row.get(column);
      if (value.isEmpty()) {
        continue;
      }
      if (column.equals("event_time")) {
        record.setEventTime(TimestampMapper.toProto(time(file, number, value)));
      } else if (REQUIRED.contains(column) || OPTIONAL.contains(column)) {
        record.setField(RecordedUsage.getDescriptor().findFieldByName(column), value);
      } else {
        record.addQuantities(
            MeterQuantity.newBuilder()
                .setMeter(column)
                .setQuantity(count(file, number, column, value)));
      }
    }
    return record.build();
  }

  private static Instant time(Path file, long row, String value) {
    try {
      return Instant.parse(value);
    } catch (DateTimeException _) {
      throw new FileException(
          file,
          "row %d: event_time: %s (expected: a time, for example 2026-01-01T12:00:00Z)"
              .formatted(row, value));
    }
  }

  private static long count(Path file, long row, String meter, String value) {
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException _) {
      throw new FileException(
          file, "row %d: %s: %s (expected: a whole number)".formatted(row, meter, value));
    }
  }

  private static void bounded(Path file, List<RecordedUsage> records) {
    if (records.size() == MAX_RECORDS) {
      throw new FileException(file, "more than %,d calls".formatted(MAX_RECORDS));
    }
  }
}
