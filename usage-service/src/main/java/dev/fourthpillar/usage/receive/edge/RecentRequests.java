package dev.fourthpillar.usage.receive.edge;

import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;
import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import dev.fourthpillar.backbone.caller.Caller;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Requests that were answered a short while ago, by their bytes: over HTTP tools send the very same
 * bytes again when an answer got lost. A first and cheap check of what has been counted; what it
 * has forgotten, or another replica has answered, is told by the keys of its records.
 */
@Singleton
final class RecentRequests {
  /** Of each a hash and an answer of a few bytes. */
  static final int MAX_REQUESTS = 4_096;

  private final Map<HashCode, Message> answers =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<HashCode, Message> eldest) {
          return size() > MAX_REQUESTS;
        }
      };

  /** The same for the same bytes of the same sender at the same door. */
  static HashCode hash(String door, Caller sender, ByteString body) {
    return Hashing.sha256()
        .newHasher()
        .putString(door, StandardCharsets.UTF_8)
        .putByte((byte) 0)
        .putString(sender.subject(), StandardCharsets.UTF_8)
        .putByte((byte) 0)
        .putString(sender.engineer().orElse(""), StandardCharsets.UTF_8)
        .putByte((byte) 0)
        .putBytes(body.asReadOnlyByteBuffer())
        .hash();
  }

  synchronized Optional<Message> answer(HashCode request) {
    return Optional.ofNullable(answers.get(request));
  }

  /** To be called once everything that the request says is durable. */
  synchronized void answered(HashCode request, Message answer) {
    answers.put(request, answer);
  }
}
