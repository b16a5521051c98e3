package dev.fourthpillar.backbone.telemetry;

import com.google.protobuf.Message;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs requests, redacted, for whoever turns this logger to DEBUG to find out what arrives. */
public final class RequestLogInterceptor implements ServerInterceptor {
  private static final Logger LOG = LoggerFactory.getLogger(RequestLogInterceptor.class);

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    ServerCall.Listener<Q> listener = next.startCall(call, headers);
    if (!LOG.isDebugEnabled()) {
      return listener;
    }
    return new SimpleForwardingServerCallListener<>(listener) {
      @Override
      public void onMessage(Q message) {
        LOG.debug(
            "{} {}",
            call.getMethodDescriptor().getFullMethodName(),
            Redacted.of((Message) message));
        super.onMessage(message);
      }
    };
  }
}
