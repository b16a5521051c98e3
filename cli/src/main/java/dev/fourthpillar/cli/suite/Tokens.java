package dev.fourthpillar.cli.suite;

import dev.fourthpillar.backbone.caller.Caller;
import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.backbone.edge.auth.LocalIssuer;
import io.grpc.CallCredentials;
import io.grpc.Metadata;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;

/** Tokens that the suite of one directory accepts. */
public final class Tokens {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  /** The audience that services expect unless configured otherwise. */
  private static final String AUDIENCE = "fourthpillar";

  private final LocalIssuer issuer;

  public Tokens(SuiteDirectory directory) {
    this.issuer = LocalIssuer.open(directory.keyFile(), AUDIENCE);
  }

  public String mint(String subject, Optional<String> engineer, Set<Role> roles, Duration ttl) {
    return issuer.mint(new Caller(subject, engineer, roles), ttl, Instant.now());
  }

  /** A caller who brings a token with these roles to each call. */
  public CallCredentials as(String subject, Role... roles) {
    return bearing(mint(subject, Optional.empty(), Set.of(roles), LocalIssuer.DEFAULT_TTL));
  }

  /** The engineer, who may read what is about the engineer. */
  public CallCredentials engineer(String id) {
    return bearing(mint(id, Optional.of(id), Set.of(Role.ENGINEER), LocalIssuer.DEFAULT_TTL));
  }

  public static CallCredentials bearing(String token) {
    Metadata headers = new Metadata();
    headers.put(AUTHORIZATION, "Bearer " + token);
    return new CallCredentials() {
      @Override
      public void applyRequestMetadata(RequestInfo info, Executor executor, MetadataApplier to) {
        to.apply(headers);
      }
    };
  }
}
