package dev.fourthpillar.backbone.edge.auth;

import dev.fourthpillar.backbone.caller.Caller;
import io.grpc.Metadata;
import jakarta.inject.Singleton;

/** Says who calls, or throws why nobody knows. */
@Singleton
public final class Authenticator {
  private final TokenVerifier verifier;

  Authenticator(TokenVerifier verifier) {
    this.verifier = verifier;
  }

  /** The caller that the headers prove. */
  public Caller authenticate(Metadata headers) {
    return verifier.verify(BearerToken.of(headers));
  }
}
