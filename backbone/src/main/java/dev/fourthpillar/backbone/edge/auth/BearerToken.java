package dev.fourthpillar.backbone.edge.auth;

import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.Reason;
import io.grpc.Metadata;

/** The token in a call's headers. */
final class BearerToken {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  private static final String SCHEME = "Bearer ";

  private BearerToken() {}

  static String of(Metadata headers) {
    String value = headers.get(AUTHORIZATION);
    if (value == null) {
      throw Failure.of(
              Reason.TOKEN_MISSING,
              "metadata key 'authorization' is absent (expected: 'Bearer <JWT>')")
          .asException();
    }
    if (!value.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      throw Failure.of(
              Reason.TOKEN_MISSING,
              "metadata key 'authorization' has another scheme (expected: 'Bearer <JWT>')")
          .asException();
    }
    return value.substring(SCHEME.length()).trim();
  }
}
