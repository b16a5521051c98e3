package dev.fourthpillar.budget.period;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.backbone.money.Amount;
import dev.fourthpillar.budget.lot.Minutes;
import dev.fourthpillar.budget.lot.Span;
import dev.fourthpillar.budget.period.Entitlement.Content;
import dev.fourthpillar.budget.period.Entitlement.Recurrence;
import dev.fourthpillar.budget.period.Entitlement.Segment;
import dev.fourthpillar.budget.period.Planner.Planned;
import dev.fourthpillar.budget.person.Employment;
import dev.fourthpillar.budget.person.Person;
import dev.fourthpillar.budget.plan.Plan;
import dev.fourthpillar.budget.plan.PlanHistory;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which periods and lots there are when, and when to look again. */
final class PlannerTest {
  private static final Duration AHEAD = Duration.ofHours(1);
  private static final ZoneId STOCKHOLM = ZoneId.of("Europe/Stockholm");
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
  private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");

  @Test
  void inMidYearThereIsOnePeriodAndTheNextIsOpenedAnHourBeforeItBegins() {
    Planned planned = plan(STOCKHOLM, "2026-06-01T00:00:00Z", List.of(), annual("2026-01-01"));

    assertThat(planned.periods()).extracting(p -> p.firstDay().getYear()).containsExactly(2026);
    assertThat(planned.lots()).extracting(PlannedLot::id).containsExactly("default/ada/2026-01-01");
    assertThat(planned.due()).isEqualTo(Instant.parse("2026-12-31T22:00:00Z"));
    assertThat(planned.waiting()).isFalse();
  }

  @Test
  void anHourBeforeItsStartTheNextPeriodIsThereToo() {
    Planned planned = plan(STOCKHOLM, "2026-12-31T22:00:00Z", List.of(), annual("2026-01-01"));

    assertThat(planned.lots())
        .extracting(PlannedLot::id)
        .containsExactly("default/ada/2026-01-01", "default/ada/2027-01-01");
    assertThat(planned.lots().getLast().effective())
        .isEqualTo(Instant.parse("2026-12-31T23:00:00Z"));
    assertThat(planned.due())
        .as("when the old one expires")
        .isEqualTo(Instant.parse("2026-12-31T23:00:00Z"));
    assertThat(
            plan(STOCKHOLM, "2026-12-31T23:00:00Z", planned.periods(), annual("2026-01-01")).due())
        .isEqualTo(Instant.parse("2027-12-31T22:00:00Z"));
  }

  @Test
  void aPeriodIsThereFor35DaysAfterItsEndAndThenNoLonger() {
    // It ends at 23:00 UTC on 31 December; 35 days later is 23:00 on 4 February.
    assertThat(plan(STOCKHOLM, "2027-02-04T22:59:00Z", List.of(), annual("2026-01-01")).lots())
        .extracting(PlannedLot::id)
        .containsExactly("default/ada/2026-01-01", "default/ada/2027-01-01");
    assertThat(plan(STOCKHOLM, "2027-02-04T23:00:00Z", List.of(), annual("2026-01-01")).lots())
        .extracting(PlannedLot::id)
        .containsExactly("default/ada/2027-01-01");
  }

  @Test
  void whoMovesKeepsTheOpenPeriodAndTheNextEndsInTheNewZone() {
    Planned stockholm = plan(STOCKHOLM, "2026-06-01T00:00:00Z", List.of(), annual("2026-01-01"));

    for (ZoneId zone : List.of(NEW_YORK, TOKYO)) {
      Planned moved = plan(zone, "2027-01-01T12:00:00Z", stockholm.periods(), annual("2026-01-01"));
      assertThat(moved.periods().getFirst()).isEqualTo(stockholm.periods().getFirst());
      Period next = moved.periods().getLast();
      assertThat(next.start()).as("without a gap").isEqualTo(stockholm.periods().getFirst().end());
      assertThat(next.end())
          .isEqualTo(LocalDate.parse("2028-01-01").atStartOfDay(zone).toInstant());
      assertThat(moved.lots().getLast().effective()).isEqualTo(next.start());
      assertThat(moved.lots().getLast().amount()).as("a whole year").isEqualTo(dollars(365));
    }
  }

  @Test
  void anEntitlementOfTheFutureIsOpenedWhenItBegins() {
    Planned nextMonth = plan(STOCKHOLM, "2026-06-01T00:00:00Z", List.of(), annual("2026-07-01"));
    assertThat(nextMonth.lots()).isEmpty();
    assertThat(nextMonth.due()).isEqualTo(Instant.parse("2026-06-30T21:00:00Z"));

    Planned nextYear = plan(STOCKHOLM, "2026-06-01T00:00:00Z", List.of(), annual("2027-03-01"));
    assertThat(nextYear.periods()).isEmpty();
    assertThat(nextYear.lots()).isEmpty();
    assertThat(nextYear.due()).isEqualTo(Instant.parse("2027-02-28T22:00:00Z"));
  }

  @Test
  void whoHasNoLimitOrAPlaceAtAPoolGetsNoLot() {
    Planned planned =
        plan(
            STOCKHOLM,
            "2026-06-01T00:00:00Z",
            List.of(),
            segment("u", "2026-01-01", Recurrence.ANNUAL, new Content.Uncapped()),
            segment("p", "2026-01-01", Recurrence.ANNUAL, new Content.Pooled()));

    assertThat(planned.lots()).isEmpty();
    // The year in Stockholm, which is an hour ahead in winter.
    assertThat(planned.uncapped())
        .containsExactly(span("2025-12-31T23:00:00Z", "2026-12-31T23:00:00Z"));
    assertThat(planned.due()).isEqualTo(Instant.parse("2026-12-31T22:00:00Z"));
  }

  @Test
  void whatHasNoLimitEndsWithItsLastDayOrTheEmployment() {
    Segment untilMay =
        new Segment(
            "u",
            LocalDate.parse("2026-03-01"),
            Optional.of(LocalDate.parse("2026-05-31")),
            Recurrence.ANNUAL,
            "",
            new Content.Uncapped());
    // In summer Stockholm is two hours ahead.
    assertThat(plan(STOCKHOLM, "2026-06-01T00:00:00Z", List.of(), untilMay).uncapped())
        .containsExactly(span("2026-02-28T23:00:00Z", "2026-05-31T22:00:00Z"));

    Person leaves =
        new Person(
            "ada",
            1,
            "",
            "SE",
            STOCKHOLM,
            "USD",
            new Employment(
                LocalDate.parse("2026-04-01"), Optional.of(LocalDate.parse("2026-04-30"))));
    Planned planned =
        Planner.plan(
            PlanHistory.of(Plan.DEFAULT),
            leaves,
            List.of(untilMay),
            List.of(),
            Instant.parse("2026-04-15T00:00:00Z"),
            AHEAD,
            (_, _) -> Optional.empty());
    assertThat(planned.uncapped())
        .containsExactly(span("2026-03-31T22:00:00Z", "2026-04-30T22:00:00Z"));
    assertThat(planned.waiting()).as("nothing has to be valued").isFalse();
  }

  private static Span span(String from, String until) {
    return new Span(Minutes.of(Instant.parse(from)), Minutes.of(Instant.parse(until)));
  }

  @Test
  void whatHasNoValueYetIsLookedAtAgain() {
    Planned planned =
        Planner.plan(
            PlanHistory.of(Plan.DEFAULT),
            ada(STOCKHOLM),
            List.of(annual("2026-01-01")),
            List.of(),
            Instant.parse("2026-06-01T00:00:00Z"),
            AHEAD,
            (_, _) -> Optional.empty());

    assertThat(planned.lots()).isEmpty();
    assertThat(planned.waiting()).isTrue();
    assertThat(planned.due()).isEqualTo(Instant.parse("2026-06-01T01:00:00Z"));
  }

  @Test
  void aOneOffThatOutlivesItsPeriodStaysPlanned() {
    Segment once =
        new Segment(
            "signing",
            LocalDate.parse("2025-03-01"),
            Optional.of(LocalDate.parse("2027-02-28")),
            Recurrence.ONE_OFF,
            "",
            new Content.Money(dollars(500)));

    assertThat(plan(STOCKHOLM, "2026-06-01T00:00:00Z", List.of(), once).lots())
        .extracting(PlannedLot::id)
        .containsExactly("once/ada/signing");
  }

  private static Planned plan(ZoneId zone, String now, List<Period> kept, Segment... segments) {
    return Planner.plan(
        PlanHistory.of(Plan.DEFAULT),
        ada(zone),
        List.of(segments),
        kept,
        Instant.parse(now),
        AHEAD,
        (segment, _) ->
            segment.content() instanceof Content.Money(Amount amount)
                ? Optional.of(amount)
                : Optional.empty());
  }

  private static Segment annual(String from) {
    return segment("a", from, Recurrence.ANNUAL, new Content.Money(dollars(365)));
  }

  private static Segment segment(String id, String from, Recurrence recurrence, Content content) {
    return new Segment(id, LocalDate.parse(from), Optional.empty(), recurrence, "", content);
  }

  private static Amount dollars(long units) {
    return new Amount("USD", units * Amount.NANOS_PER_UNIT);
  }

  private static Person ada(ZoneId zone) {
    return new Person(
        "ada",
        1,
        "",
        "SE",
        zone,
        "USD",
        new Employment(LocalDate.parse("2020-01-01"), Optional.empty()));
  }
}
