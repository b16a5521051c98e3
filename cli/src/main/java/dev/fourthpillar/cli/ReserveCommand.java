package dev.fourthpillar.cli;

import com.google.protobuf.util.Durations;
import com.google.type.Money;
import dev.fourthpillar.budget.v1.OnExpiry;
import dev.fourthpillar.budget.v1.ReserveRequest;
import dev.fourthpillar.cli.budget.HoldText;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fp reserve ENGINEER HOLD AMOUNT}. */
@Command(
    name = "reserve",
    mixinStandardHelpOptions = true,
    description = "Holds an amount for a call, as a gateway does. The same hold again is the same.")
final class ReserveCommand implements Callable<Integer> {
  @Parameters(index = "0", paramLabel = "ENGINEER", description = "Who pays.")
  private String engineer = "";

  @Parameters(index = "1", paramLabel = "HOLD", description = "An id of your choice.")
  private String hold = "";

  @Parameters(
      index = "2",
      paramLabel = "AMOUNT",
      converter = AmountConverter.class,
      description = "For example '2.50 USD'.")
  private Money amount = Money.getDefaultInstance();

  @Option(
      names = "--ttl",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description = "How long it is held, for example 90s. Default: 10m.")
  private @Nullable Duration ttl;

  @Option(
      names = "--release-on-expiry",
      description = "Nothing is charged if it is not settled in time. Default: the amount is.")
  private boolean releaseOnExpiry;

  @Mixin private BudgetOption budget = new BudgetOption();

  @Mixin private Output output = new Output();

  @Override
  public Integer call() {
    var request =
        ReserveRequest.newBuilder().setEngineer(engineer).setHoldId(hold).setAmount(amount);
    if (ttl != null) {
      request.setTtl(Durations.fromSeconds(ttl.toSeconds()));
    }
    if (releaseOnExpiry) {
      request.setOnExpiry(OnExpiry.ON_EXPIRY_RELEASE);
    }
    return output.print(
        HoldText.reserved(
            budget.enforcement(service -> service.reserve(request.build()).getHold())));
  }
}
