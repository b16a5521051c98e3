package dev.fourthpillar.testkit.tls;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Signs certificates for this machine, with the JDK's keytool. */
public final class Authority {
  private static final String PASSWORD = "changeit";

  private final Path store;
  private int issued;

  private Authority(Path store) {
    this.store = store;
  }

  /** A new one, which keeps what it needs in this file. */
  public static Authority create(Path store) throws IOException, InterruptedException {
    Authority authority = new Authority(store);
    authority.keytool("-alias", "ca", "-dname", "CN=authority", "-ext", "bc:c");
    return authority;
  }

  /** Writes a new certificate of 127.0.0.1 and its key; returns its serial number. */
  public BigInteger issue(Path certificate, Path key)
      throws IOException, InterruptedException, GeneralSecurityException {
    String alias = "leaf" + issued++;
    keytool("-alias", alias, "-dname", "CN=" + alias, "-signer", "ca", "-ext", "san=ip:127.0.0.1");
    Certificate leaf = open().getCertificate(alias);
    byte[] secret = open().getKey(alias, PASSWORD.toCharArray()).getEncoded();
    Files.writeString(key, pem("PRIVATE KEY", secret));
    Files.writeString(certificate, pem("CERTIFICATE", leaf.getEncoded()));
    return ((X509Certificate) leaf).getSerialNumber();
  }

  /** Its own certificate, by which others trust it. */
  public String certificate() throws IOException, GeneralSecurityException {
    return pem("CERTIFICATE", open().getCertificate("ca").getEncoded());
  }

  private KeyStore open() throws IOException, GeneralSecurityException {
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    return keys;
  }

  private void keytool(String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD));
    command.addAll(List.of(arguments));
    if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
      throw new IOException(command + " failed");
    }
  }

  private static String pem(String what, byte[] content) {
    return "-----BEGIN %s-----%n%s%n-----END %s-----%n"
        .formatted(what, Base64.getMimeEncoder().encodeToString(content), what);
  }
}
