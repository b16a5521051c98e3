package dev.fourthpillar.cli.replay;

import com.google.protobuf.ByteString;
import dev.fourthpillar.usage.otlp.OtlpEncoding;
import dev.fourthpillar.usage.otlp.OtlpSignal;
import java.time.Duration;

/** Sends exports over one of the protocols; safe for several threads. */
interface OtlpSender extends AutoCloseable {
  /** What one request may take; as the tools' own default is, three times over. */
  Duration DEADLINE = Duration.ofSeconds(30);

  /** How the bodies that it sends are written. */
  OtlpEncoding encoding();

  Answer send(OtlpSignal signal, ByteString body);

  @Override
  void close();

  /** What the other side said. */
  sealed interface Answer {
    /**
     * @param rejected records that it will never accept
     * @param message why, or a warning; may be empty
     */
    record Taken(long rejected, String message) implements Answer {}

    /** Not now; the same again may succeed. */
    record Busy(String message) implements Answer {}

    /** Never. */
    record Refused(String message) implements Answer {}
  }
}
