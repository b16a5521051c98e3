package dev.fourthpillar.cli;

import java.util.UUID;
import picocli.CommandLine.Option;

/** {@code --request}: the id of a change, which makes its repetition the same change. */
final class RequestOption {
  @Option(
      names = "--request",
      paramLabel = "ID",
      description = "To repeat a change of which nobody knows whether it was made. Default: new.")
  private String requestId = UUID.randomUUID().toString();

  String id() {
    return requestId;
  }
}
