package dev.fourthpillar.backbone.edge.validation;

import com.google.protobuf.Message;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;

/** Holds every request message against the rules that stand beside its fields in the contract. */
public final class ValidationInterceptor implements ServerInterceptor {
  private final RequestValidator validator;

  public ValidationInterceptor(RequestValidator validator) {
    this.validator = validator;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    return new SimpleForwardingServerCallListener<>(next.startCall(call, headers)) {
      @Override
      public void onMessage(Q message) {
        validator.requireValid((Message) message);
        super.onMessage(message);
      }
    };
  }
}
