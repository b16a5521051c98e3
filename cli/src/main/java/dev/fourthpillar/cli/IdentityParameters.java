package dev.fourthpillar.cli;

import com.google.protobuf.Timestamp;
import dev.fourthpillar.type.v1.Identity;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which identity a command is about, and from when on. */
final class IdentityParameters {
  @Parameters(
      index = "0",
      paramLabel = "KIND=VALUE",
      converter = IdentityConverter.class,
      description = "email, account, user, installation or credential; email=ada@example.com")
  private Identity identity = Identity.getDefaultInstance();

  @Option(
      names = "--from",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      description = "For calls from when on, for example 2026-01-01T00:00:00Z. Default: all.")
  private @Nullable Timestamp from;

  Identity value() {
    return identity;
  }

  Optional<Timestamp> from() {
    return Optional.ofNullable(from);
  }
}
