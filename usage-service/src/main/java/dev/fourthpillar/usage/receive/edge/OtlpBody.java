package dev.fourthpillar.usage.receive.edge;

import com.google.protobuf.ByteString;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * The bytes of one export as a gRPC message, not decoded yet: what is wrong with them is then told
 * like everything else, and not by the transport.
 *
 * @param tooLarge more than the transport lets through; then there are no bytes
 */
record OtlpBody(ByteString bytes, boolean tooLarge) {

  static final MethodDescriptor.Marshaller<OtlpBody> MARSHALLER =
      new MethodDescriptor.Marshaller<>() {
        @Override
        public InputStream stream(OtlpBody body) {
          return body.bytes().newInput();
        }

        @Override
        public OtlpBody parse(InputStream stream) {
          try {
            return new OtlpBody(ByteString.readFrom(stream), false);
          } catch (StatusRuntimeException stopped) {
            if (stopped.getStatus().getCode() == Status.Code.RESOURCE_EXHAUSTED) {
              return new OtlpBody(ByteString.EMPTY, true);
            }
            throw stopped;
          } catch (IOException broken) {
            throw new UncheckedIOException(broken);
          }
        }
      };
}
