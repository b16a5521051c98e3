package dev.fourthpillar.cli.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What the heavy users consume. The totals are the story's and do not depend on the seed: the seed
 * says only in which portions they come.
 */
final class Workload {
  /** 10 nights, so that each is a tenth of Noor's totals. */
  static final int NIGHTS = 10;

  static final String NOORS_TOOL = "openclaw";
  private static final int REPORTS_OF_A_NIGHT = 12;

  private Workload() {}

  static List<Shift> of(Calendar calendar) {
    List<Shift> shifts = new ArrayList<>();
    // List prices of claude-opus-5 per million: input 5, cache read 0.50, output 25.
    // 400 × 5 + 1,000 × 0.50 + 100 × 25 = 5,000 USD.
    shifts.add(
        person(calendar, Company.GRACE, "design", Consumption.millions(OPUS, 400, 1_000, 100), 60));
    // claude-fable-5 per million: input 10, cache read 1, output 50.
    // 2,000 × 10 + 20,000 × 1 + 600 × 50 = 70,000 USD; at 10.50 that is 735,000 SEK.
    shifts.add(
        person(
            calendar,
            Company.SVEN,
            "ranking",
            Consumption.millions(FABLE, 2_000, 20_000, 600),
            400));
    // 400 × 5 + 1,500 × 0.50 + 100 × 25 = 5,250 USD; at 0.90 that is 4,725 EUR.
    shifts.add(
        person(calendar, Company.LENA, "index", Consumption.millions(OPUS, 400, 1_500, 100), 60));
    shifts.addAll(nights(calendar));
    return shifts;
  }

  static final String OPUS = "claude-opus-5";
  static final String FABLE = "claude-fable-5";
  static final String HAIKU = "claude-haiku-4-5";

  private static Shift person(
      Calendar calendar, String engineer, String project, Consumption consumption, int reports) {
    return new Shift(
        engineer,
        "workbench",
        project,
        engineer + "-" + project,
        Worker.PERSON,
        consumption,
        calendar.start(),
        calendar.asOf().minus(Duration.ofMinutes(10)),
        reports);
  }

  /**
   * A lead agent and its three sub-agents, night after night. Of one night, in USD:
   *
   * <pre>
   * lead      claude-opus-5     20 × 5 +   200 × 0.50 +  4 × 25 = 300
   * coder     claude-haiku-4-5 100 × 1 + 1,000 × 0.10 + 40 × 5  = 400
   * tester    claude-haiku-4-5  50 × 1 +   500 × 0.10 + 20 × 5  = 200
   * reviewer  claude-haiku-4-5  25 × 1 +   250 × 0.10 + 10 × 5  = 100
   * </pre>
   */
  private static List<Shift> nights(Calendar calendar) {
    List<Shift> shifts = new ArrayList<>();
    Duration length = Duration.between(calendar.start(), calendar.asOf()).dividedBy(NIGHTS);
    for (int night = 0; night < NIGHTS; night++) {
      Instant from = calendar.start().plus(length.multipliedBy(night));
      Instant until = from.plus(length.dividedBy(3));
      String session = session(night);
      shifts.add(
          agent(
              session, Worker.agent("lead"), Consumption.millions(OPUS, 20, 200, 4), from, until));
      shifts.add(
          agent(
              session,
              Worker.subAgent("coder", "lead"),
              Consumption.millions(HAIKU, 100, 1_000, 40),
              from,
              until));
      shifts.add(
          agent(
              session,
              Worker.subAgent("tester", "lead"),
              Consumption.millions(HAIKU, 50, 500, 20),
              from,
              until));
      shifts.add(
          agent(
              session,
              Worker.subAgent("reviewer", "lead"),
              Consumption.millions(HAIKU, 25, 250, 10),
              from,
              until));
    }
    return shifts;
  }

  static String session(int night) {
    return "night-%02d".formatted(night + 1);
  }

  private static Shift agent(
      String session, Worker worker, Consumption consumption, Instant from, Instant until) {
    return new Shift(
        Company.NOOR,
        NOORS_TOOL,
        "migration",
        session,
        worker,
        consumption,
        from,
        until,
        REPORTS_OF_A_NIGHT);
  }
}
