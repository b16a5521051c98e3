package dev.fourthpillar.cli;

import java.util.UUID;
import picocli.CommandLine.Option;

/** {@code --reason}, {@code --request}: what a change of somebody's lots says of itself. */
final class ChangeOption {
  @Option(
      names = "--reason",
      required = true,
      paramLabel = "TEXT",
      description = "Why, for whoever the grant is.")
  private String reason = "";

  @Option(
      names = "--request",
      paramLabel = "ID",
      description = "To repeat a change of which nobody knows whether it was made. Default: new.")
  private String requestId = UUID.randomUUID().toString();

  String reason() {
    return reason;
  }

  String requestId() {
    return requestId;
  }
}
