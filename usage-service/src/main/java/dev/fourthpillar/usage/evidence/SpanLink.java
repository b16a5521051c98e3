package dev.fourthpillar.usage.evidence;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Where a call's span stands. A span around another call repeats what that one says.
 *
 * @param self the span itself
 * @param parent the span that it is directly inside of
 */
public record SpanLink(long self, OptionalLong parent) {

  public static SpanLink of(String traceId, String spanId, Optional<String> parentId) {
    return new SpanLink(
        hash(traceId, spanId),
        parentId.map(id -> OptionalLong.of(hash(traceId, id))).orElseGet(OptionalLong::empty));
  }

  private static long hash(String traceId, String spanId) {
    return Fingerprint.of(List.of(traceId, spanId)).high();
  }
}
