package dev.fourthpillar.cli;

import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.backbone.edge.auth.LocalIssuer;
import dev.fourthpillar.cli.suite.Ports;
import dev.fourthpillar.cli.suite.SuitePort;
import dev.fourthpillar.cli.suite.Tokens;
import dev.fourthpillar.cli.usage.ToolSettings;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fp usage connect TOOL}. */
@Command(
    name = "connect",
    mixinStandardHelpOptions = true,
    description = "Prints the settings that make a tool send its usage here, to copy.")
final class ConnectCommand implements Callable<Integer> {
  @Parameters(paramLabel = "TOOL", description = "One of: ${COMPLETION-CANDIDATES}")
  private ToolSettings tool = ToolSettings.CLAUDE_CODE;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      description = "Where the service is. Default: this machine, its ports those of the suite.")
  private @Nullable String host;

  @Option(
      names = "--engineer",
      paramLabel = "ID",
      description = "With a token whose usage is this engineer's. Default: a placeholder.")
  private @Nullable String engineer;

  @Mixin private DataOption data = new DataOption();

  @Mixin private Output output = new Output();

  @Override
  public Integer call() {
    Optional<Ports> ports = host == null ? data.directory().running() : Optional.empty();
    String at = "http://" + (host == null ? "127.0.0.1" : host) + ":";
    return output.print(
        tool.text(
            at + port(ports, SuitePort.OTLP_GRPC), at + port(ports, SuitePort.OTLP_HTTP), token()));
  }

  private static int port(Optional<Ports> ports, SuitePort port) {
    return ports.map(running -> running.of(port)).orElse(port.usual());
  }

  private String token() {
    return engineer == null
        ? "TOKEN"
        : new Tokens(data.directory())
            .mint(engineer, Optional.of(engineer), Set.of(Role.INGEST), LocalIssuer.MAX_TTL);
  }
}
