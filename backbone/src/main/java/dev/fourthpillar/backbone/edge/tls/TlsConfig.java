package dev.fourthpillar.backbone.edge.tls;

import dev.fourthpillar.backbone.config.Check;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Encryption of calls: on when the files are set, for what this service serves and for what it asks
 * of its peers alike. The management port stays plain.
 *
 * @param certificate its certificate, with those up to the authority, as PEM
 * @param key the certificate's key, PKCS #8 as PEM
 * @param authorities who signs the certificates of the peers, and of clients, as PEM
 * @param clients whether a client has to show a certificate
 * @param reloadInterval between two looks whether the files have changed
 */
@ConfigurationProperties(TlsConfig.PREFIX)
public record TlsConfig(
    @Nullable Path certificate,
    @Nullable Path key,
    @Nullable Path authorities,
    @Bindable(defaultValue = "UNKNOWN") Clients clients,
    @Bindable(defaultValue = "1m") Duration reloadInterval) {
  static final String PREFIX = "fourthpillar.tls";

  /** Who may connect. */
  public enum Clients {
    /** Anybody who trusts our certificate. */
    UNKNOWN,
    /** Who shows a certificate that one of the authorities has signed. */
    CERTIFIED
  }

  public TlsConfig {
    Check check = new Check(PREFIX);
    String together = "a file, because certificate, key and authorities go together";
    boolean any = certificate != null || key != null || authorities != null;
    check.that("certificate", !any || certificate != null, certificate, together);
    check.that("key", !any || key != null, key, together);
    check.that("authorities", !any || authorities != null, authorities, together);
    check.that(
        "clients",
        any || clients == Clients.UNKNOWN,
        clients,
        "unknown, because certificate, key and authorities are not set");
    check.between("reload-interval", reloadInterval, Duration.ofSeconds(1), Duration.ofDays(1));
  }

  boolean isOn() {
    return certificate != null;
  }
}
