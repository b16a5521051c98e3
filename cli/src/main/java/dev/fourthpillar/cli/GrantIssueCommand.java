package dev.fourthpillar.cli;

import com.google.protobuf.Timestamp;
import com.google.type.Money;
import dev.fourthpillar.budget.v1.IssueGrantRequest;
import dev.fourthpillar.cli.budget.GrantText;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fp grant issue ENGINEER GRANT AMOUNT}. */
@Command(
    name = "issue",
    mixinStandardHelpOptions = true,
    description = "Grants a person a lot of its own, beside what plans give.")
final class GrantIssueCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "ENGINEER", description = "Whose.")
  private String engineer = "";

  @Parameters(
      index = "1",
      paramLabel = "GRANT",
      description = "An id of your choice: a-z, 0-9 and -.")
  private String grant = "";

  @Parameters(
      index = "2",
      paramLabel = "AMOUNT",
      converter = AmountConverter.class,
      description = "For example '50 USD'.")
  private Money amount = Money.getDefaultInstance();

  @Option(
      names = "--from",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      description = "From when on it pays, for example 2026-04-01T00:00:00Z. Default: now.")
  private @Nullable Timestamp from;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      description = "From when on it does not. Default: never ends.")
  private @Nullable Timestamp until;

  @Option(
      names = "--priority",
      paramLabel = "NUMBER",
      description = "Lower is used up first. Default: 100, as lots of plans have.")
  private @Nullable Integer priority;

  @Mixin private ChangeOption change = new ChangeOption();

  @Mixin private BudgetOption budget = new BudgetOption();

  @Mixin private Output output = new Output();

  @Override
  public Integer call() {
    var request =
        IssueGrantRequest.newBuilder()
            .setRequestId(change.requestId())
            .setEngineer(engineer)
            .setGrant(grant)
            .setAmount(amount)
            .setReason(change.reason());
    if (from != null) {
      request.setEffectiveTime(from);
    }
    if (until != null) {
      request.setExpireTime(until);
    }
    if (priority != null) {
      request.setPriority(priority);
    }
    return output.print(
        GrantText.changed(
            budget.grants(service -> service.issueGrant(request.build()).getGrant())));
  }
}
