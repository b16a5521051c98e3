package dev.fourthpillar.cli.pay;

import com.google.type.Decimal;
import dev.fourthpillar.backbone.edge.time.DateMapper;
import dev.fourthpillar.comp.v1.Engineer;
import dev.fourthpillar.type.v1.Identity;
import dev.fourthpillar.type.v1.IdentityKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** People as CSV, UTF-8, with a first line that names the columns. */
public final class PeopleFile {
  public static final int MAX_ROWS = 100_000;

  private static final List<String> REQUIRED =
      List.of("engineer", "country", "time_zone", "currency_code", "start_date");
  private static final List<String> OPTIONAL =
      List.of("display_name", "team", "manager", "fte", "email", "account");

  private final Path file;

  private PeopleFile(Path file) {
    this.file = file;
  }

  /**
   * A person, and the row of the file for whoever has to mend it.
   *
   * @param number counted from 1 below the names of the columns
   */
  public record Row(long number, Engineer engineer) {}

  /**
   * @throws FileException when it is not such a file; nothing of it is taken then
   */
  public static List<Row> read(Path file) {
    return new PeopleFile(file).rows();
  }

  private List<Row> rows() {
    var format =
        CSVFormat.RFC4180
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .setTrim(true)
            .setIgnoreEmptyLines(true)
            .get();
    try (var parser = CSVParser.parse(file, StandardCharsets.UTF_8, format)) {
      checkColumns(parser.getHeaderNames());
      var rows = new ArrayList<Row>();
      for (var record : parser) {
        if (rows.size() == MAX_ROWS) {
          throw new FileException(file, "more than %d people".formatted(MAX_ROWS));
        }
        rows.add(row(record));
      }
      return rows;
    } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
      throw new FileException(file, "cannot be read: " + e.getMessage(), e);
    }
  }

  private void checkColumns(List<String> columns) {
    for (var column : REQUIRED) {
      if (!columns.contains(column)) {
        throw new FileException(
            file,
            "no column %s (expected: %s; and %s where there is something to say)"
                .formatted(column, String.join(", ", REQUIRED), String.join(", ", OPTIONAL)));
      }
    }
    for (var column : columns) {
      if (!REQUIRED.contains(column) && !OPTIONAL.contains(column)) {
        throw new FileException(
            file,
            "column '%s' (expected: one of %s, %s)"
                .formatted(column, String.join(", ", REQUIRED), String.join(", ", OPTIONAL)));
      }
    }
  }

  private Row row(CSVRecord row) {
    long number = row.getRecordNumber();
    if (!row.isConsistent()) {
      throw new FileException(file, "row %d has not one value for each column".formatted(number));
    }
    var engineer =
        Engineer.newBuilder()
            .setEngineer(row.get("engineer"))
            .setDisplayName(optional(row, "display_name"))
            .setTeam(optional(row, "team"))
            .setManager(optional(row, "manager"))
            .setCountry(row.get("country"))
            .setTimeZone(row.get("time_zone"))
            .setCurrencyCode(row.get("currency_code"));
    try {
      engineer.setStartDate(DateMapper.toProto(LocalDate.parse(row.get("start_date"))));
    } catch (DateTimeException _) {
      throw new FileException(
          file,
          "row %d: start_date: %s (expected: a day, for example 2026-01-01)"
              .formatted(number, row.get("start_date")));
    }
    if (!optional(row, "fte").isEmpty()) {
      engineer.setFte(Decimal.newBuilder().setValue(optional(row, "fte")));
    }
    identity(engineer, IdentityKind.IDENTITY_KIND_EMAIL, optional(row, "email"));
    identity(engineer, IdentityKind.IDENTITY_KIND_ACCOUNT, optional(row, "account"));
    return new Row(number, engineer.build());
  }

  private static void identity(Engineer.Builder engineer, IdentityKind kind, String value) {
    if (!value.isEmpty()) {
      engineer.addIdentities(Identity.newBuilder().setKind(kind).setValue(value));
    }
  }

  private static String optional(CSVRecord row, String column) {
    return row.isMapped(column) ? row.get(column) : "";
  }
}
