package dev.fourthpillar.cli.suite;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** What lies where in a suite's directory. */
public record SuiteDirectory(Path root) {

  /** {@code $XDG_STATE_HOME/fourth-pillar}, else {@code ~/.fourth-pillar}. */
  public static SuiteDirectory usual() {
    return usual(Optional.ofNullable(System.getenv("XDG_STATE_HOME")));
  }

  static SuiteDirectory usual(Optional<String> stateHome) {
    return new SuiteDirectory(
        stateHome
            .filter(home -> !home.isBlank())
            .map(home -> Path.of(home, "fourth-pillar"))
            .orElseGet(() -> Path.of(System.getProperty("user.home"), ".fourth-pillar")));
  }

  /** The key that signs the tokens of this suite, and that its services trust. */
  public Path keyFile() {
    return root.resolve("issuer.jwks");
  }

  /** The key that signs the ledger of this suite; made when it starts for the first time. */
  public Path ledgerKeyFile() {
    return root.resolve("ledger-key.pem");
  }

  /** Where the suite that runs on this directory listens; empty when none does. */
  public Optional<Ports> running() {
    if (!Files.exists(addresses())) {
      return Optional.empty();
    }
    Properties written = read(addresses());
    Map<SuitePort, Integer> numbers = new EnumMap<>(SuitePort.class);
    for (SuitePort port : SuitePort.values()) {
      numbers.put(port, Integer.parseInt(written.getProperty(port.label(), "0")));
    }
    return Optional.of(new Ports(numbers));
  }

  Path addresses() {
    return root.resolve("addresses.properties");
  }

  Path logs() {
    return root.resolve("logs");
  }

  Path pids() {
    return root.resolve("run");
  }

  Path postgres() {
    return root.resolve("postgres");
  }

  LogFile log(SuiteService service) {
    return new LogFile(logs().resolve(service.id() + ".log"), LogFile.DEFAULT_MAX_BYTES);
  }

  PidFile pidFile(SuiteService service) {
    return new PidFile(pids().resolve(service.id() + ".pid"), mark());
  }

  /** Stands on the command line of all that this suite starts. */
  String mark() {
    return "-Dfourthpillar.suite=" + root;
  }

  Properties read(Path file) {
    Properties properties = new Properties();
    if (Files.exists(file)) {
      try (InputStream in = Files.newInputStream(file)) {
        properties.load(in);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return properties;
  }
}
