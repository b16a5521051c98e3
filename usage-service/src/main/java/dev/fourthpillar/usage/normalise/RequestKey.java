package dev.fourthpillar.usage.normalise;

import dev.fourthpillar.usage.telemetry.Telemetry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What identifies a request within its tool's signal. The strongest thing a record has comes first;
 * see each tool.
 */
final class RequestKey {

  private RequestKey() {}

  static List<String> ofRequest(String requestId) {
    return List.of("request", requestId);
  }

  static List<String> ofSequence(String session, String sequence) {
    return List.of("sequence", session, sequence);
  }

  static List<String> ofSpan(Telemetry.Span span) {
    return List.of("span", span.traceId(), span.spanId());
  }

  /**
   * Without ids: whose, when and how much. Two calls of one session end in one millisecond with
   * other numbers.
   */
  static List<String> ofNumbers(Telemetry record, List<String> owner, Counts counts) {
    List<String> key = new ArrayList<>();
    key.add("numbers");
    key.addAll(owner);
    key.add(record.time().stated().or(record.time()::own).map(Instant::toString).orElse(""));
    key.addAll(counts.numbers());
    return key;
  }
}
