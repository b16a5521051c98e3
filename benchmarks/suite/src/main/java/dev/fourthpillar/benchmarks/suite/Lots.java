package dev.fourthpillar.benchmarks.suite;

import com.google.protobuf.util.Timestamps;
import com.google.type.Money;
import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.budget.v1.GrantServiceGrpc;
import dev.fourthpillar.budget.v1.GrantServiceGrpc.GrantServiceBlockingStub;
import dev.fourthpillar.budget.v1.IssueGrantRequest;
import dev.fourthpillar.cli.suite.Suite;
import dev.fourthpillar.cli.suite.SuiteService;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Grants by hand beside what engineers have by their plan, each with an expiry of its own. */
final class Lots {
  private static final int CALLERS = 8;
  private static final Duration FIRST_EXPIRY = Duration.ofDays(30);
  private static final Money AMOUNT =
      Money.newBuilder().setCurrencyCode("USD").setUnits(1_000_000).build();

  private final GrantServiceBlockingStub grants;

  Lots(Suite suite) {
    this.grants =
        GrantServiceGrpc.newBlockingStub(suite.channel(SuiteService.BUDGET))
            .withCallCredentials(suite.tokens().as("bench-finance", Role.FINANCE));
  }

  /** So many more lots for each of the engineers. */
  void add(List<String> engineers, int each) {
    Instant begin = Instant.now().plus(FIRST_EXPIRY);
    Load.onThreads(
        CALLERS,
        caller -> {
          for (int i = caller; i < engineers.size(); i += CALLERS) {
            for (int lot = 0; lot < each; lot++) {
              var _ =
                  grants.issueGrant(grant(engineers.get(i), lot, begin.plus(Duration.ofDays(lot))));
            }
          }
        });
  }

  private static IssueGrantRequest grant(String engineer, int lot, Instant expiry) {
    return IssueGrantRequest.newBuilder()
        .setRequestId(UUID.randomUUID().toString())
        .setEngineer(engineer)
        .setGrant("bench-" + lot)
        .setAmount(AMOUNT)
        .setExpireTime(Timestamps.fromSeconds(expiry.getEpochSecond() / 60 * 60))
        .setReason("a lot more")
        .build();
  }
}
