package dev.fourthpillar.backbone.edge.auth;

import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import java.net.MalformedURLException;
import java.nio.file.Path;

/** Where the keys come from that tokens are verified with. */
final class TokenKeys {
  /** An issuer's key set is a few KiB; more is not one. */
  static final int MAX_JWKS_BYTES = 256 * 1024;

  /**
   * Fetches at most this often, whatever tokens arrive: a made-up key id must not turn this service
   * into a load on the issuer.
   */
  static final long MIN_FETCH_INTERVAL_MILLIS = 5_000;

  /** Keys are fetched again this long before the cached ones expire, beside the calls. */
  static final long REFRESH_AHEAD_MILLIS = 30_000;

  private TokenKeys() {}

  static JWKSource<SecurityContext> of(AuthConfig config) {
    return switch (config.mode()) {
      case ISSUER -> remote(config);
      case LOCAL ->
          new ImmutableJWKSet<>(
              LocalIssuer.open(Path.of(config.localKeyFile()), config.audience()).publicKeys());
    };
  }

  private static JWKSource<SecurityContext> remote(AuthConfig config) {
    int timeoutMillis = Math.toIntExact(config.jwksTimeout().toMillis());
    try {
      return JWKSourceBuilder.create(
              config.jwksUrl().toURL(),
              new DefaultResourceRetriever(timeoutMillis, timeoutMillis, MAX_JWKS_BYTES))
          // A call waits for a fetch that another one makes at most as long as the fetch may take.
          .cache(config.jwksCacheTime().toMillis(), 2L * timeoutMillis)
          .rateLimited(MIN_FETCH_INTERVAL_MILLIS)
          .refreshAheadCache(REFRESH_AHEAD_MILLIS, false)
          .outageTolerant(config.jwksOutageTolerance().toMillis())
          .retrying(true)
          .build();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException("jwks-url: " + config.jwksUrl(), e);
    }
  }
}
