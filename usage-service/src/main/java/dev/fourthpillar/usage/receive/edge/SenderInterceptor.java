package dev.fourthpillar.usage.receive.edge;

import dev.fourthpillar.backbone.edge.auth.Callers;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;

/** Lets senders in before anything of theirs is read. */
final class SenderInterceptor implements ServerInterceptor {
  private final SenderAccess access;

  SenderInterceptor(SenderAccess access) {
    this.access = access;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    var sender = access.admit(call.getMethodDescriptor().getFullMethodName(), headers);
    return Contexts.interceptCall(Callers.contextOf(sender), call, headers, next);
  }
}
