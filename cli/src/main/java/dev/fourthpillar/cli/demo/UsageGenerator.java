package dev.fourthpillar.cli.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Shifts to usage objects, as a provider would tell of them. The same seed and times give the same
 * objects, ids included; the objects of a shift sum to its totals exactly.
 */
final class UsageGenerator {
  private static final int REPORTS_OF_A_PROMPT = 4;

  private final long seed;
  private final String prefix;

  /**
   * @param asOf is part of the ids: a story told again at another time is other usage
   */
  UsageGenerator(long seed, Instant asOf) {
    this.seed = seed;
    this.prefix = "demo-%d-%d".formatted(seed, asOf.getEpochSecond());
  }

  /** All objects of the shifts, the oldest first. */
  List<Report> reports(List<Shift> shifts) {
    List<Report> all = new ArrayList<>();
    shifts.forEach(shift -> all.addAll(reports(shift)));
    all.sort(Comparator.comparing(Report::time).thenComparing(Report::id));
    return all;
  }

  private List<Report> reports(Shift shift) {
    String agent = shift.worker().agent();
    String name = agent.isEmpty() ? shift.session() : shift.session() + "-" + agent;
    Draw draw = new Draw(seed, name);
    Consumption total = shift.consumption();
    long[] input = draw.split(total.input(), shift.reports());
    long[] cacheRead = draw.split(total.cacheRead(), shift.reports());
    long[] output = draw.split(total.output(), shift.reports());
    Duration each = Duration.between(shift.from(), shift.until()).dividedBy(shift.reports());
    List<Report> reports = new ArrayList<>();
    for (int i = 0; i < shift.reports(); i++) {
      Instant time =
          shift.from().plus(each.multipliedBy(i)).plusMillis(draw.below(each.toMillis()));
      reports.add(
          new Report(
              "%s-%s-%03d".formatted(prefix, name, i + 1),
              time.truncatedTo(ChronoUnit.SECONDS),
              shift.engineer(),
              shift.tool(),
              shift.project(),
              shift.session(),
              "%s-prompt-%02d".formatted(shift.session(), 1 + i / REPORTS_OF_A_PROMPT),
              agent,
              run(shift, agent),
              shift.worker().worksFor().map(lead -> run(shift, lead)).orElse(""),
              new Consumption(total.provider(), total.model(), input[i], cacheRead[i], output[i])));
    }
    return reports;
  }

  private static String run(Shift shift, String agent) {
    return agent.isEmpty() ? "" : shift.session() + "/" + agent;
  }
}
