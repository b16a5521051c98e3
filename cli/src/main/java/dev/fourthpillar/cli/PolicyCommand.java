package dev.fourthpillar.cli;

import com.google.protobuf.Timestamp;
import dev.fourthpillar.cli.usage.ReconciliationText;
import dev.fourthpillar.usage.v1.SetUnmatchedPolicyRequest;
import dev.fourthpillar.usage.v1.UnmatchedPolicy;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fp usage policy POLICY}. */
@Command(
    name = "policy",
    mixinStandardHelpOptions = true,
    description = {"What happens to usage that finds no hold, for an engineer or a credential."})
final class PolicyCommand implements Callable<Integer> {
  @Parameters(paramLabel = "POLICY", description = "One of: ${COMPLETION-CANDIDATES}")
  private PolicyName policy = PolicyName.DEFAULT;

  @Option(names = "--engineer", paramLabel = "ID", description = "Whose usage.")
  private String engineer = "";

  @Option(names = "--credential", paramLabel = "SUBJECT", description = "Who sends it.")
  private String credential = "";

  @Option(names = "--tool", paramLabel = "TOOL", description = "Of this tool. Default: of all.")
  private String tool = "";

  @Option(
      names = "--from",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      description = "For calls from when on, for example 2026-01-01T00:00:00Z. Default: all.")
  private @Nullable Timestamp from;

  @Mixin private UsageOption usage = new UsageOption();

  @Mixin private Output output = new Output();

  @Override
  public Integer call() {
    var request =
        SetUnmatchedPolicyRequest.newBuilder()
            .setRequestId(UUID.randomUUID().toString())
            .setEngineer(engineer)
            .setCredential(credential)
            .setTool(tool)
            .setPolicy(
                policy == PolicyName.DEFAULT
                    ? UnmatchedPolicy.UNMATCHED_POLICY_UNSPECIFIED
                    : UnmatchedPolicy.valueOf("UNMATCHED_POLICY_" + policy.name()));
    if (from != null) {
      request.setEffectiveTime(from);
    }
    return output.print(
        ReconciliationText.rule(
            usage.reconciliation(
                service -> service.setUnmatchedPolicy(request.build()).getRule())));
  }
}
