package dev.fourthpillar.backbone.edge.auth;

import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSetCacheRefreshEvaluator;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.jwk.source.RateLimitReachedException;
import com.nimbusds.jose.jwk.source.URLBasedJWKSetSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jose.util.ResourceRetriever;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Path;
import java.util.List;

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
      Published published =
          new Published(
              config.jwksUrl().toURL(),
              new DefaultResourceRetriever(timeoutMillis, timeoutMillis, MAX_JWKS_BYTES));
      JWKSource<SecurityContext> cached =
          JWKSourceBuilder.create(published)
              // A call waits for a fetch that another one makes at most as long as it may take.
              .cache(config.jwksCacheTime().toMillis(), 2L * timeoutMillis)
              .rateLimited(MIN_FETCH_INTERVAL_MILLIS)
              .refreshAheadCache(REFRESH_AHEAD_MILLIS, false)
              .outageTolerant(config.jwksOutageTolerance().toMillis())
              .retrying(true)
              .build();
      return (selector, context) -> published.answer(() -> cached.get(selector, context));
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException("jwks-url: " + config.jwksUrl(), e);
    }
  }

  /**
   * The issuer's key URL. Knows whether the last fetch succeeded, and so what it means that a key
   * is not among the kept ones: that the issuer does not have it, or that nobody can tell.
   */
  private static final class Published extends URLBasedJWKSetSource<SecurityContext> {
    private volatile boolean reachable = true;

    Published(URL url, ResourceRetriever retriever) {
      super(url, retriever);
    }

    @Override
    public JWKSet getJWKSet(
        JWKSetCacheRefreshEvaluator refresh, long currentTime, SecurityContext context)
        throws KeySourceException {
      try {
        JWKSet keys = super.getJWKSet(refresh, currentTime, context);
        reachable = true;
        return keys;
      } catch (KeySourceException e) {
        reachable = false;
        throw e;
      }
    }

    List<JWK> answer(KeySearch search) throws KeySourceException {
      List<JWK> found;
      try {
        found = search.run();
      } catch (RateLimitReachedException e) {
        if (!reachable) {
          throw e;
        }
        // What was fetched a moment ago does not have the key.
        return List.of();
      }
      if (found.isEmpty() && !reachable) {
        throw new KeySourceException("the key is not known, and the issuer cannot be asked");
      }
      return found;
    }
  }

  /** A search among the kept keys, which may fetch. */
  private interface KeySearch {
    List<JWK> run() throws KeySourceException;
  }
}
