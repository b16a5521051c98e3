package dev.fourthpillar.usage.receive.edge;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import dev.fourthpillar.backbone.caller.Caller;
import dev.fourthpillar.usage.otlp.Decoding;
import dev.fourthpillar.usage.otlp.OtlpCompression;
import dev.fourthpillar.usage.otlp.OtlpDecoder;
import dev.fourthpillar.usage.otlp.OtlpEncoding;
import dev.fourthpillar.usage.otlp.OtlpSignal;
import dev.fourthpillar.usage.receive.InFlight;
import dev.fourthpillar.usage.receive.Received;
import dev.fourthpillar.usage.receive.Receiver;
import jakarta.inject.Singleton;

/** One export, from bytes to the answer, for both transports. */
@Singleton
final class OtlpExportEndpoint {
  private final Receiver receiver;

  OtlpExportEndpoint(Receiver receiver) {
    this.receiver = receiver;
  }

  Message export(
      OtlpSignal signal,
      OtlpEncoding encoding,
      OtlpCompression compression,
      ByteString body,
      Caller sender) {
    try (InFlight.Room _ = receiver.room(body.size())) {
      Received received =
          switch (OtlpDecoder.decode(signal, encoding, compression, body)) {
            case Decoding.Accepted accepted -> receiver.receive(accepted.export(), sender);
            case Decoding.Refused refused -> throw OtlpAnswerMapper.refusal(refused).asException();
          };
      return OtlpAnswerMapper.toProto(signal, received);
    }
  }
}
