package dev.fourthpillar.cli.replay;

import com.google.protobuf.Timestamp;
import dev.fourthpillar.backbone.edge.time.TimestampMapper;
import dev.fourthpillar.type.v1.MeterQuantity;
import dev.fourthpillar.usage.v1.QueryUsageRequest;
import dev.fourthpillar.usage.v1.QueryUsageResponse;
import dev.fourthpillar.usage.v1.UsageDimension;
import dev.fourthpillar.usage.v1.UsageGroup;
import dev.fourthpillar.usage.v1.UsageQueryServiceGrpc.UsageQueryServiceBlockingStub;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** What was consumed by each model, as QueryUsage says. */
public record Totals(Map<String, Model> byModel) {
  /** Sums are kept by quarters of an hour. */
  private static final long QUARTER_SECONDS = 900;

  private static final Duration DEADLINE = Duration.ofSeconds(30);
  private static final int PAGE = 500;

  /** Sums stand still when two looks so far apart agree. */
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

  private static final int MAX_LOOKS = 40;

  public Totals {
    byModel = Collections.unmodifiableMap(new TreeMap<>(byModel));
  }

  /**
   * One model.
   *
   * @param requests calls
   * @param meters what was consumed, by meter; zero is no entry
   */
  public record Model(long requests, Map<String, Long> meters) {
    public Model {
      meters = Collections.unmodifiableMap(new TreeMap<>(meters));
    }

    /** What was sent and in no cache. */
    public long input() {
      return of("input");
    }

    public long cacheRead() {
      return of("cache_read");
    }

    /** For whatever time to live. */
    public long cacheWrite() {
      return of("cache_write");
    }

    /** Reasoning included. */
    public long output() {
      return of("output");
    }

    /** A part of the output. */
    public long reasoning() {
      return of("reasoning");
    }

    /** Of the kind, in every modality and time to live. */
    private long of(String kind) {
      return meters.entrySet().stream()
          .filter(e -> e.getKey().equals(kind) || e.getKey().startsWith(kind + "."))
          .mapToLong(Map.Entry::getValue)
          .reduce(0, Math::addExact);
    }
  }

  /**
   * Reads until nothing moves any more.
   *
   * @throws ReplayException when it still moves after 20 s
   */
  static Totals settled(UsageQueryServiceBlockingStub usage, Instant first, Instant last)
      throws InterruptedException {
    Totals before = read(usage, first, last);
    for (int look = 1; look < MAX_LOOKS; look++) {
      Thread.sleep(BETWEEN_LOOKS);
      Totals now = read(usage, first, last);
      if (now.equals(before)) {
        return now;
      }
      before = now;
    }
    throw new ReplayException(
        "the totals still move after " + BETWEEN_LOOKS.multipliedBy(MAX_LOOKS));
  }

  private static Totals read(UsageQueryServiceBlockingStub usage, Instant first, Instant last) {
    QueryUsageRequest.Builder request =
        QueryUsageRequest.newBuilder()
            .setStartTime(quarter(first, 0))
            .setEndTime(quarter(last, 1))
            .addAllGroupBy(
                List.of(
                    UsageDimension.USAGE_DIMENSION_PROVIDER, UsageDimension.USAGE_DIMENSION_MODEL))
            .setPageSize(PAGE);
    Map<String, Model> models = new TreeMap<>();
    QueryUsageResponse page;
    do {
      page =
          usage
              .withDeadlineAfter(DEADLINE.toMillis(), TimeUnit.MILLISECONDS)
              .queryUsage(request.build());
      page.getGroupsList().forEach(group -> models.put(name(group), model(group)));
      request.setPageToken(page.getNextPageToken());
    } while (!page.getNextPageToken().isEmpty());
    return new Totals(models);
  }

  private static String name(UsageGroup group) {
    return group.getProvider().isEmpty()
        ? group.getModel()
        : group.getProvider() + "/" + group.getModel();
  }

  private static Model model(UsageGroup group) {
    Map<String, Long> meters = new TreeMap<>();
    for (MeterQuantity quantity : group.getQuantitiesList()) {
      if (quantity.getQuantity() != 0) {
        meters.merge(quantity.getMeter(), quantity.getQuantity(), Math::addExact);
      }
    }
    return new Model(group.getUnitCount(), meters);
  }

  private static Timestamp quarter(Instant time, int after) {
    long quarters = Math.floorDiv(time.getEpochSecond(), QUARTER_SECONDS) + after;
    return TimestampMapper.toProto(Instant.ofEpochSecond(quarters * QUARTER_SECONDS));
  }
}
