package dev.fourthpillar.usage.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Reads reports: the whole file has its form, or none of it is taken; a bad row stops no other. */
final class ReportReader {
  static final int MAX_ROWS = 200_000;
  static final int MAX_REJECTED = 100;

  private static final ObjectReader JSON =
      new ObjectMapper()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .readerFor(JsonNode.class);

  private static final CSVFormat CSV =
      CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get();

  private final Rows rows;
  private final Map<ReportRow.Key, ReportRow> lines = new HashMap<>();
  private final List<Report.Rejected> rejected = new ArrayList<>();
  private long count;
  private long rejectedCount;

  private ReportReader(Rows rows) {
    this.rows = rows;
  }

  static Report read(ReportFormat format, byte[] file) {
    ReportReader reader = new ReportReader(rows(format));
    try {
      if (format == ReportFormat.CSV) {
        reader.csv(file);
      } else {
        reader.json(file);
      }
    } catch (JsonProcessingException malformed) {
      throw Failure.invalidField(
              "chunk",
              "no JSON of the format %s: %s".formatted(format, malformed.getOriginalMessage()),
              "report")
          .asException();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return new Report(
        List.copyOf(reader.lines.values()), reader.count, reader.rejectedCount, reader.rejected);
  }

  private static Rows rows(ReportFormat format) {
    return switch (format) {
      case ANTHROPIC_USAGE -> (Rows.Paged) AnthropicRows::usage;
      case ANTHROPIC_COST -> (Rows.Paged) AnthropicRows::cost;
      case CLAUDE_CODE_ANALYTICS -> (Rows.Paged) AnthropicRows::claudeCode;
      case OPENAI_USAGE -> (Rows.Paged) OpenAiRows::usage;
      case OPENAI_COSTS -> (Rows.Paged) OpenAiRows::costs;
      case GEMINI_USAGE -> AnswerRows::gemini;
      case MISTRAL_USAGE -> AnswerRows::mistral;
      case ALEPH_ALPHA_USAGE -> AnswerRows::alephAlpha;
      case DEEPL_USAGE -> AnswerRows::deepL;
      case LITELLM_SPEND_LOG -> (Rows.Paged) OwnRows::spendLog;
      case CSV, JSON_LINES -> OwnRows::own;
    };
  }

  /** One document, several behind one another, or one in a line. */
  private void json(byte[] file) throws IOException {
    try (MappingIterator<JsonNode> documents = JSON.readValues(new ByteArrayInputStream(file))) {
      while (documents.hasNextValue()) {
        for (JsonNode entry : rows.entries(documents.nextValue())) {
          row(entry);
        }
      }
    }
  }

  private void csv(byte[] file) throws IOException {
    try (CSVParser parser =
        CSVParser.parse(new ByteArrayInputStream(file), StandardCharsets.UTF_8, CSV)) {
      for (CSVRecord record : parser) {
        ObjectNode entry = JsonNodeFactory.instance.objectNode();
        record.toMap().forEach(entry::put);
        row(entry);
      }
    } catch (UncheckedIOException | IllegalArgumentException malformed) {
      throw Failure.invalidField("chunk", "no CSV: " + malformed.getMessage(), "report")
          .asException();
    }
  }

  private void row(JsonNode entry) {
    count++;
    if (count > MAX_ROWS) {
      throw Failure.of(
              Reason.LIMIT_EXCEEDED,
              "report-rows: more than %d (expected: at most %d)".formatted(MAX_ROWS, MAX_ROWS))
          .with("limit", "report-rows")
          .with("max", Integer.toString(MAX_ROWS))
          .with("actual", Long.toString(count))
          .asException();
    }
    try {
      rows.read(entry).forEach(row -> lines.merge(row.key(), row, ReportRow::plus));
    } catch (RowException unreadable) {
      rejectedCount++;
      if (rejected.size() < MAX_REJECTED) {
        rejected.add(new Report.Rejected(count, String.valueOf(unreadable.getMessage())));
      }
    }
  }
}
