package dev.fourthpillar.usage.receive.edge;

import dev.fourthpillar.backbone.caller.Caller;
import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.backbone.edge.auth.Authenticator;
import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.Reason;
import io.grpc.Metadata;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Who may send telemetry: whoever has a token with the role INGEST. */
@Singleton
final class SenderAccess {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private final Authenticator authenticator;

  SenderAccess(Authenticator authenticator) {
    this.authenticator = authenticator;
  }

  Caller admit(String door, @Nullable String authorization) {
    Metadata headers = new Metadata();
    if (authorization != null) {
      headers.put(AUTHORIZATION, authorization);
    }
    return admit(door, headers);
  }

  Caller admit(String door, Metadata headers) {
    Caller sender = authenticator.authenticate(headers);
    if (!sender.hasAny(List.of(Role.INGEST))) {
      String roles =
          sender.roles().stream().map(Role::name).sorted().collect(Collectors.joining(", "));
      throw Failure.of(
              Reason.ROLE_MISSING,
              "%s needs one of [INGEST]; the caller has [%s]".formatted(door, roles))
          .with("method", door)
          .with("expected_roles", "INGEST")
          .with("caller_roles", roles)
          .asException();
    }
    return sender;
  }
}
