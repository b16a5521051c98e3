package dev.fourthpillar.backbone.edge.access;

import com.google.protobuf.Message;
import dev.fourthpillar.backbone.caller.Caller;
import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.Reason;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who may call one RPC.
 *
 * @param method full name, for messages
 * @param roles that may call it for anybody
 * @param ownData the request's field that names the owner, when owners may call it too
 * @param anyAuthenticated whether any valid token is enough
 * @param unauthenticated whether no token is needed
 */
record MethodRule(
    String method,
    Set<Role> roles,
    Optional<OwnDataField> ownData,
    boolean anyAuthenticated,
    boolean unauthenticated) {

  /** What is known before the request is read. */
  enum Admission {
    /** Whatever the request says. */
    FOR_ANYBODY,
    /** If every request message names the caller. */
    FOR_OWN_DATA
  }

  static MethodRule unauthenticated(String method) {
    return new MethodRule(method, Set.of(), Optional.empty(), false, true);
  }

  static MethodRule anyAuthenticated(String method) {
    return new MethodRule(method, Set.of(), Optional.empty(), true, false);
  }

  Admission admit(Caller caller) {
    if (anyAuthenticated || caller.hasAny(roles)) {
      return Admission.FOR_ANYBODY;
    }
    if (ownData.isPresent()
        && caller.roles().contains(Role.ENGINEER)
        && caller.engineer().isPresent()) {
      return Admission.FOR_OWN_DATA;
    }
    String expected =
        names(roles)
            + (ownData.isPresent() ? ", or ENGINEER with an engineer id for own data" : "");
    throw Failure.of(
            Reason.ROLE_MISSING,
            "%s needs one of [%s]; the caller has [%s]"
                .formatted(method, expected, names(caller.roles())))
        .with("method", method)
        .with("expected_roles", names(roles))
        .with("caller_roles", names(caller.roles()))
        .asException();
  }

  void requireOwnData(Caller caller, Message request) {
    OwnDataField field = ownData.orElseThrow();
    if (!caller.isEngineer(field.valueIn(request))) {
      throw Failure.of(
              Reason.NOT_OWN_DATA,
              "an engineer may call %s for own data only: field '%s' must be the token's engineer id"
                  .formatted(method, field.path()))
          .with("method", method)
          .with("field", field.path())
          .asException();
    }
  }

  private static String names(Set<Role> roles) {
    return roles.stream().map(Enum::name).sorted().collect(Collectors.joining(", "));
  }
}
