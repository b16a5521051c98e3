package dev.fourthpillar.backbone.edge.server;

import com.google.protobuf.MessageLite;
import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.FailureException;
import dev.fourthpillar.backbone.failure.Reason;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Decodes request messages inside the interceptors instead of before them. grpc-java would answer
 * bytes that are no message, and messages above the limit, with a bare status that no interceptor
 * sees; here they are refused like everything else.
 */
final class Decoding {
  private final int maxMessageBytes;

  Decoding(int maxMessageBytes) {
    this.maxMessageBytes = maxMessageBytes;
  }

  ServerServiceDefinition wrap(ServerServiceDefinition service) {
    ServiceDescriptor.Builder descriptor =
        ServiceDescriptor.newBuilder(service.getServiceDescriptor().getName())
            .setSchemaDescriptor(service.getServiceDescriptor().getSchemaDescriptor());
    var methods = service.getMethods().stream().map(this::wrap).toList();
    methods.forEach(method -> descriptor.addMethod(method.getMethodDescriptor()));
    ServerServiceDefinition.Builder wrapped = ServerServiceDefinition.builder(descriptor.build());
    methods.forEach(wrapped::addMethod);
    return wrapped.build();
  }

  private <Q, A> ServerMethodDefinition<InputStream, A> wrap(ServerMethodDefinition<Q, A> method) {
    MethodDescriptor<Q, A> typed = method.getMethodDescriptor();
    ServerCallHandler<Q, A> handler = method.getServerCallHandler();
    return ServerMethodDefinition.create(
        typed.toBuilder(new Undecoded(), typed.getResponseMarshaller()).build(),
        (call, headers) ->
            new Listener<>(handler.startCall(new TypedCall<>(call, typed), headers), typed));
  }

  private <Q> Q decode(InputStream bytes, MethodDescriptor<Q, ?> method) {
    try {
      if (bytes instanceof KnownLength) {
        requireWithinLimit(bytes.available());
        return method.parseRequest(bytes);
      }
      // Compressed: only the message itself knows its size, and the transport stops one that goes
      // on and on.
      Q message = method.parseRequest(bytes);
      requireWithinLimit(((MessageLite) message).getSerializedSize());
      return message;
    } catch (StatusRuntimeException e) {
      throw e.getStatus().getCode() == Status.Code.RESOURCE_EXHAUSTED
          ? tooLarge("more than " + maxMessageBytes, e)
          : undecodable(method, e);
    } catch (IOException e) {
      throw undecodable(method, e);
    }
  }

  private static FailureException undecodable(MethodDescriptor<?, ?> method, Throwable cause) {
    return new FailureException(
        Failure.of(
            Reason.METHOD_UNKNOWN,
            "the request's bytes are no message of the type that %s takes"
                .formatted(method.getFullMethodName())),
        cause);
  }

  private void requireWithinLimit(int bytes) {
    if (bytes > maxMessageBytes) {
      throw tooLarge(Integer.toString(bytes), null);
    }
  }

  private FailureException tooLarge(String actual, @Nullable Throwable cause) {
    return new FailureException(
        Failure.of(
                Reason.LIMIT_EXCEEDED,
                "request message: %s bytes (expected: at most %d)"
                    .formatted(actual, maxMessageBytes))
            .with("limit", "message_bytes")
            .with("max", Integer.toString(maxMessageBytes))
            .with("actual", actual),
        cause);
  }

  /** The transport's buffer, whose length is known, is handed on as it is. */
  private static final class Undecoded implements MethodDescriptor.Marshaller<InputStream> {
    @Override
    public InputStream stream(InputStream bytes) {
      return bytes;
    }

    @Override
    public InputStream parse(InputStream bytes) {
      return bytes;
    }
  }

  private final class Listener<Q> extends ServerCall.Listener<InputStream> {
    private final ServerCall.Listener<Q> delegate;
    private final MethodDescriptor<Q, ?> method;

    Listener(ServerCall.Listener<Q> delegate, MethodDescriptor<Q, ?> method) {
      this.delegate = delegate;
      this.method = method;
    }

    @Override
    public void onMessage(InputStream bytes) {
      delegate.onMessage(decode(bytes, method));
    }

    @Override
    public void onHalfClose() {
      delegate.onHalfClose();
    }

    @Override
    public void onCancel() {
      delegate.onCancel();
    }

    @Override
    public void onComplete() {
      delegate.onComplete();
    }

    @Override
    public void onReady() {
      delegate.onReady();
    }
  }
}
