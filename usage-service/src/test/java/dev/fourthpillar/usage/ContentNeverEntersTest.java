package dev.fourthpillar.usage;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.fourthpillar.usage.normalise.Normaliser;
import dev.fourthpillar.usage.otlp.ExportRequest;
import dev.fourthpillar.usage.otlp.OtlpEncoding;
import dev.fourthpillar.usage.otlp.TelemetryReader;
import dev.fourthpillar.usage.telemetry.AttributePolicy;
import dev.fourthpillar.usage.telemetry.TelemetryBatch;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.ArrayValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Prompts, answers, tool bodies and command lines do not leave the reader, whatever they are
 * called.
 */
class ContentNeverEntersTest {

  private static final String SECRET = "Write my resignation letter";
  private static final int SHORTEST_TELLING_TEXT = 6;

  private final AttributePolicy policy = AttributePolicy.standard();
  private final TelemetryReader reader = new TelemetryReader(policy);

  @Test
  void ofTheCapturesOnlyListedAttributesAreRetained() {
    for (String folder : Captures.FOLDERS) {
      Set<String> listed = new HashSet<>();
      Set<String> other = new HashSet<>();
      Set<String> retained = new HashSet<>();
      for (ExportRequest export : Captures.exports(folder, OtlpEncoding.PROTOBUF)) {
        sort(Captures.message(export), listed, other);
        TelemetryBatch batch = reader.read(export);
        collectTexts(batch, retained);
        collectTexts(Normaliser.read(batch, Captures.RECEPTION), retained);
        // The names of records are of a closed list; see Interest.
        batch.records().forEach(record -> listed.add(record.name()));
      }
      other.removeIf(text -> text.length() < SHORTEST_TELLING_TEXT || partOf(text, listed));
      assertThat(other).as(folder).isNotEmpty();
      assertThat(other).as(folder).noneMatch(text -> partOf(text, retained));
    }
  }

  @Test
  void thePromptsAndInstructionsKnownToBeInTheCapturesAreGone() {
    int known = 0;
    for (String folder : Captures.FOLDERS) {
      for (ExportRequest export : Captures.exports(folder, OtlpEncoding.PROTOBUF)) {
        String raw = Captures.message(export).toString();
        String retained = everythingRetained(export);
        for (String text :
            List.of(
                "You are a test client.",
                "TOOL_TURNS=3 please",
                "REDACTED",
                "--output-format",
                "run_shell_command")) {
          known += raw.contains(text) ? 1 : 0;
          assertThat(retained).doesNotContain(text);
        }
      }
    }
    assertThat(known).isGreaterThan(10);
  }

  @Test
  void contentUnderAnyNameIsDropped() {
    AnyValue list =
        AnyValue.newBuilder()
            .setArrayValue(ArrayValue.newBuilder().addValues(LogFixture.text(SECRET)))
            .build();
    String padded = SECRET + ".".repeat(AttributePolicy.MAX_VALUE_CHARS);
    LogFixture log =
        LogFixture.claude("req_1")
            .resource("process.command_args", SECRET)
            .resource("process.command_line", SECRET)
            .resource("some.new.attribute", SECRET)
            .body("claude_code.api_request " + SECRET)
            .eventName(SECRET)
            .with("prompt", SECRET)
            .with("gen_ai.input.messages", SECRET)
            .with("gen_ai.output.messages", list)
            .with("gen_ai.system_instructions", list)
            .with("gen_ai.tool.definitions", SECRET)
            .with("ai.prompt.messages", SECRET)
            .with("ai.response.text", SECRET)
            .with("tool_parameters", SECRET)
            .with("a.name.nobody.thought.of", SECRET)
            // Listed names do not help it in, as a list or as a text no id is as long as.
            .with("agent.name", list)
            .with("query_source", padded);

    assertThat(Captures.read(log.export()).counted()).hasSize(1);
    assertThat(everythingRetained(log.export())).doesNotContain("resignation");
  }

  @Test
  void peopleAreInNoTextThatMayEndInALog() {
    for (ExportRequest export : Captures.exports("claude-identity", OtlpEncoding.PROTOBUF)) {
      TelemetryBatch batch = reader.read(export);
      String texts = batch + " " + Normaliser.read(batch, Captures.RECEPTION);
      assertThat(texts).doesNotContain("@example.test", "11111111-2222", "user_0137");
    }
    LogFixture codex = LogFixture.codex().resource("enduser.id", "a@example.test");
    assertThat(Captures.read(codex.export()).toString()).doesNotContain("@example.test");
    assertThat(everythingRetained(codex.export())).contains("a@example.test");
  }

  @Test
  void anEventNamedByItsContentIsNotRetained() {
    LogFixture named = LogFixture.claude("req_1").without("event.name").body(SECRET);
    assertThat(everythingRetained(named.export())).doesNotContain("resignation");
    LogFixture attribute = LogFixture.claude("req_1").with("event.name", SECRET);
    assertThat(everythingRetained(attribute.export())).doesNotContain("resignation");
  }

  /** All that can go on from the reader. */
  private String everythingRetained(ExportRequest export) {
    TelemetryBatch batch = reader.read(export);
    Set<String> texts = new HashSet<>();
    collectTexts(batch, texts);
    collectTexts(Normaliser.read(batch, Captures.RECEPTION), texts);
    return String.join("\n", texts);
  }

  /**
   * All texts anywhere in a value made of records, but for the keys of maps, which are attribute
   * names.
   */
  private static void collectTexts(Object value, Set<String> texts) {
    switch (value) {
      case String text -> texts.add(text);
      case Optional<?> optional -> optional.ifPresent(inner -> collectTexts(inner, texts));
      case Map<?, ?> map -> map.values().forEach(inner -> collectTexts(inner, texts));
      case Collection<?> all -> all.forEach(inner -> collectTexts(inner, texts));
      case Record parts -> {
        for (RecordComponent component : parts.getClass().getRecordComponents()) {
          try {
            collectTexts(component.getAccessor().invoke(parts), texts);
          } catch (ReflectiveOperationException failure) {
            throw new LinkageError(failure.getMessage(), failure);
          }
        }
      }
      default -> {}
    }
  }

  private static boolean partOf(String text, Collection<String> listed) {
    return listed.stream().anyMatch(kept -> kept.contains(text));
  }

  /** All texts of a message: those under a listed attribute, and all others. */
  private void sort(Message message, Set<String> listed, Set<String> other) {
    if (message instanceof KeyValue attribute && policy.keeps(attribute.getKey())) {
      collect(attribute.getValue(), listed);
      return;
    }
    for (var field : message.getAllFields().entrySet()) {
      for (Object value : values(field.getKey(), field.getValue())) {
        switch (value) {
          case Message nested -> sort(nested, listed, other);
          // Names of events, spans and metrics are the tools' own words, and known ones pass.
          case String text when !nameOrKey(field.getKey()) -> other.add(text);
          case ByteString bytes -> {}
          default -> {}
        }
      }
    }
  }

  private static void collect(AnyValue value, Set<String> listed) {
    if (value.hasStringValue()) {
      listed.add(value.getStringValue());
    }
  }

  private static boolean nameOrKey(FieldDescriptor field) {
    return field.getName().equals("key") || field.getName().equals("name");
  }

  private static Collection<?> values(FieldDescriptor field, Object value) {
    return field.isRepeated() ? (Collection<?>) value : List.of(value);
  }
}
