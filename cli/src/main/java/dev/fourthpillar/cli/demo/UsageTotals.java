package dev.fourthpillar.cli.demo;

import com.google.type.Money;
import dev.fourthpillar.backbone.edge.time.TimestampMapper;
import dev.fourthpillar.cli.suite.SuiteService;
import dev.fourthpillar.usage.v1.QueryUsageRequest;
import dev.fourthpillar.usage.v1.QueryUsageResponse;
import dev.fourthpillar.usage.v1.UsageDimension;
import dev.fourthpillar.usage.v1.UsageGroup;
import dev.fourthpillar.usage.v1.UsageQueryServiceGrpc;
import dev.fourthpillar.usage.v1.UsageQueryServiceGrpc.UsageQueryServiceBlockingStub;
import dev.fourthpillar.usage.v1.UsageState;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Sums of the story's usage, as usage-service has them. */
final class UsageTotals {
  private static final long QUARTER_SECONDS = 900;
  private static final Duration AROUND = Duration.ofDays(2);
  private static final int PAGE = 500;

  /** Where usage still changes, or nobody pays for it. */
  static final Set<UsageState> UNSETTLED =
      Set.of(
          UsageState.USAGE_STATE_WAITING,
          UsageState.USAGE_STATE_UNATTRIBUTED,
          UsageState.USAGE_STATE_UNPRICED);

  private final Api.Caller<UsageQueryServiceBlockingStub> usage;
  private final Instant start;
  private final Instant end;

  UsageTotals(Scene scene) {
    this.usage =
        scene
            .api()
            .of(SuiteService.USAGE, UsageQueryServiceGrpc::newBlockingStub, scene.api().finance());
    this.start = scene.calendar().start().minus(AROUND);
    this.end = Instant.now().plus(AROUND);
  }

  List<UsageGroup> by(UsageDimension... dimensions) {
    QueryUsageRequest.Builder request =
        QueryUsageRequest.newBuilder()
            .setStartTime(TimestampMapper.toProto(quarter(start)))
            .setEndTime(TimestampMapper.toProto(quarter(end)))
            .addAllGroupBy(List.of(dimensions))
            .setPageSize(PAGE);
    List<UsageGroup> groups = new ArrayList<>();
    QueryUsageResponse page;
    do {
      page = usage.call(stub -> stub.queryUsage(request.build()));
      groups.addAll(page.getGroupsList());
      request.setPageToken(page.getNextPageToken());
    } while (!page.getNextPageToken().isEmpty());
    return groups;
  }

  /** What is settled of an engineer's usage, at list price. */
  Money settled(String engineer) {
    BigDecimal sum = BigDecimal.ZERO;
    String currency = "USD";
    for (UsageGroup group :
        by(UsageDimension.USAGE_DIMENSION_ENGINEER, UsageDimension.USAGE_DIMENSION_STATE)) {
      if (group.getEngineer().equals(engineer)
          && group.getState() == UsageState.USAGE_STATE_SETTLED) {
        sum = sum.add(Monies.exact(group.getListAmount()));
        currency = group.getListAmount().getCurrencyCode();
      }
    }
    return Monies.of(currency, sum.toPlainString());
  }

  /** Calls that are not settled yet. */
  long unsettled() {
    return by(UsageDimension.USAGE_DIMENSION_STATE).stream()
        .filter(group -> UNSETTLED.contains(group.getState()))
        .mapToLong(UsageGroup::getUnitCount)
        .sum();
  }

  private static Instant quarter(Instant time) {
    return Instant.ofEpochSecond(
        Math.floorDiv(time.getEpochSecond(), QUARTER_SECONDS) * QUARTER_SECONDS);
  }
}
