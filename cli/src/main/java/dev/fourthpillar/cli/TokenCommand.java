package dev.fourthpillar.cli;

import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.backbone.edge.auth.LocalIssuer;
import dev.fourthpillar.cli.suite.Tokens;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code fp token}: who one is to a local suite. */
@Command(
    name = "token",
    mixinStandardHelpOptions = true,
    description = "Prints a token that the suite on this machine accepts, running or not.")
final class TokenCommand implements Callable<Integer> {
  @Mixin private DataOption data = new DataOption();

  @Option(
      names = "--role",
      required = true,
      split = ",",
      paramLabel = "ROLE",
      description = "One or more of: ${COMPLETION-CANDIDATES}")
  private List<Role> roles = List.of();

  @Option(
      names = "--engineer",
      paramLabel = "ID",
      description = "Whose own data role engineer may read, and whose usage role ingest sends.")
  private @Nullable String engineer;

  @Option(
      names = "--subject",
      paramLabel = "NAME",
      description = "Who calls. Default: the engineer, else fp.")
  private @Nullable String subject;

  @Option(
      names = "--ttl",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description = "How long it is good, for example 90m. Default: 12h; at most 30d.")
  private Duration ttl = LocalIssuer.DEFAULT_TTL;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (roles.contains(Role.ENGINEER) && engineer == null) {
      throw new ParameterException(
          spec.commandLine(), "--role engineer without --engineer (expected: whose data)");
    }
    if (ttl.isNegative() || ttl.isZero() || ttl.compareTo(LocalIssuer.MAX_TTL) > 0) {
      throw new ParameterException(
          spec.commandLine(), "--ttl %s (expected: more than 0, at most 30d)".formatted(ttl));
    }
    String caller = subject != null ? subject : engineer != null ? engineer : "fp";
    spec.commandLine()
        .getOut()
        .println(
            new Tokens(data.directory())
                .mint(caller, Optional.ofNullable(engineer), EnumSet.copyOf(roles), ttl));
    return ExitCode.OK;
  }
}
