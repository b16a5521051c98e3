package dev.fourthpillar.cli.replay;

import com.google.protobuf.ByteString;
import dev.fourthpillar.usage.otlp.Decoding;
import dev.fourthpillar.usage.otlp.ExportRequest;
import dev.fourthpillar.usage.otlp.OtlpCompression;
import dev.fourthpillar.usage.otlp.OtlpDecoder;
import dev.fourthpillar.usage.otlp.OtlpEncoding;
import dev.fourthpillar.usage.otlp.OtlpSignal;

/**
 * One export as it was received.
 *
 * @param name for messages: the file
 * @param body untouched
 */
record Capture(String name, OtlpSignal signal, OtlpEncoding encoding, ByteString body) {

  /**
   * @throws ReplayException when the body is no export
   */
  ExportRequest decode() {
    return switch (OtlpDecoder.decode(signal, encoding, OtlpCompression.NONE, body)) {
      case Decoding.Accepted(ExportRequest export) -> export;
      case Decoding.Refused(Decoding.Refusal refusal, String detail) ->
          throw new ReplayException("%s: %s, %s".formatted(name, refusal, detail));
    };
  }
}
