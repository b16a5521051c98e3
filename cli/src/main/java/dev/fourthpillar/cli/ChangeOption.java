package dev.fourthpillar.cli;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code --reason}, {@code --request}: what a change of somebody's lots says of itself. */
final class ChangeOption {
  @Option(
      names = "--reason",
      required = true,
      paramLabel = "TEXT",
      description = "Why, for whoever the grant is.")
  private String reason = "";

  @Mixin private RequestOption request = new RequestOption();

  String reason() {
    return reason;
  }

  String requestId() {
    return request.id();
  }
}
