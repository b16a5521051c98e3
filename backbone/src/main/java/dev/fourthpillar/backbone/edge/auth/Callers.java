package dev.fourthpillar.backbone.edge.auth;

import dev.fourthpillar.backbone.caller.Caller;
import io.grpc.Context;
import java.util.Optional;

/** The caller of the current call. */
public final class Callers {
  private static final Context.Key<Caller> KEY = Context.key("caller");

  private Callers() {}

  /** The caller; absent in an unauthenticated call such as health. */
  public static Optional<Caller> find() {
    return Optional.ofNullable(KEY.get());
  }

  /** The caller of a call that the access rule let in; its absence is a defect. */
  public static Caller current() {
    return find().orElseThrow(() -> new IllegalStateException("no caller in this context"));
  }

  /** The context of a call by that caller. */
  public static Context contextOf(Caller caller) {
    return Context.current().withValue(KEY, caller);
  }
}
