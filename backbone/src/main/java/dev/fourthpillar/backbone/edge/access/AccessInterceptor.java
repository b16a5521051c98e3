package dev.fourthpillar.backbone.edge.access;

import com.google.protobuf.Message;
import dev.fourthpillar.backbone.caller.Caller;
import dev.fourthpillar.backbone.edge.auth.Authenticator;
import dev.fourthpillar.backbone.edge.auth.Callers;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;

/**
 * Enforces the contract's access rules: who the caller is and which roles it has before anything is
 * read, whose data it asks for in every request message, before the handler sees the message.
 */
public final class AccessInterceptor implements ServerInterceptor {
  private final AccessRules rules;
  private final Authenticator authenticator;

  public AccessInterceptor(AccessRules rules, Authenticator authenticator) {
    this.rules = rules;
    this.authenticator = authenticator;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    MethodRule rule = rules.of(call.getMethodDescriptor().getFullMethodName());
    if (rule.unauthenticated()) {
      return next.startCall(call, headers);
    }
    Caller caller = authenticator.authenticate(headers);
    MethodRule.Admission admission = rule.admit(caller);
    ServerCall.Listener<Q> listener =
        Contexts.interceptCall(Callers.contextOf(caller), call, headers, next);
    return switch (admission) {
      case FOR_ANYBODY -> listener;
      case FOR_OWN_DATA -> new OwnDataListener<>(listener, rule, caller);
    };
  }

  private static final class OwnDataListener<Q> extends SimpleForwardingServerCallListener<Q> {
    private final MethodRule rule;
    private final Caller caller;

    OwnDataListener(ServerCall.Listener<Q> delegate, MethodRule rule, Caller caller) {
      super(delegate);
      this.rule = rule;
      this.caller = caller;
    }

    @Override
    public void onMessage(Q message) {
      rule.requireOwnData(caller, (Message) message);
      super.onMessage(message);
    }
  }
}
