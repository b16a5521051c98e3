package dev.fourthpillar.backbone.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.FailureException;
import dev.fourthpillar.backbone.failure.Reason;
import dev.fourthpillar.backbone.failure.Violation;
import dev.fourthpillar.testkit.MutableClock;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.postgres.PostgresPlugin;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The first outcome of a request is its outcome, until it expires. */
@PostgresTest(migrations = "classpath:db/outcome")
final class OutcomesTest {
  private static final AnswerCodec<String> TEXT =
      new AnswerCodec<>(
          text -> text.getBytes(StandardCharsets.UTF_8),
          bytes -> new String(bytes, StandardCharsets.UTF_8));
  private static final Failure EMPTY =
      Failure.of(Reason.CURRENCY_MISMATCH, "SEK (expected: USD)").with("expected", "USD");

  private final MutableClock clock = MutableClock.at("2026-11-20T08:00:00Z");
  private final OutcomeConfig config =
      new OutcomeConfig(Duration.ofDays(7), Duration.ofMinutes(1), 10, 3);
  private final OutcomeRepository repository = new OutcomeRepository();
  private final Outcomes outcomes = new Outcomes(repository, config, clock);
  private final AtomicInteger decisions = new AtomicInteger();
  private Jdbi jdbi;

  @BeforeEach
  void emptyTables(TestDatabase database) {
    jdbi = Jdbi.create(database.dataSource()).installPlugin(new PostgresPlugin());
    jdbi.useHandle(
        handle -> {
          handle.execute("truncate frozen_outcome");
          handle.execute("create table if not exists effect (what text)");
          handle.execute("truncate effect");
        });
  }

  @Test
  void theSameRequestIsDecidedOnce() {
    assertThat(once(request("r1", "amount", "10"), () -> accepted("first")))
        .isEqualTo(once(request("r1", "amount", "10"), () -> accepted("second")))
        .isEqualTo(Decision.accepted("first"));
    assertThat(decisions).hasValue(1);
  }

  @Test
  void anotherContentUnderTheSameIdIsToldByFieldAndNotByValue() {
    once(request("r1", "amount", "1000", "memo", "rent", "currency", "USD"), () -> accepted("ok"));

    Decision<String> second =
        once(
            request("r1", "amount", "2000", "note", "secret", "currency", "USD"),
            () -> accepted("other"));

    Failure failure = refusal(second);
    assertThat(failure.reason()).isEqualTo(Reason.ID_REUSED);
    assertThat(failure.metadata())
        .isEqualTo(Map.of("id", "r1", "different_fields", "amount, memo, note"));
    assertThat(failure.message()).doesNotContain("1000", "2000", "rent", "secret");
    assertThat(decisions).hasValue(1);
  }

  @Test
  void nothingOfARequestCanBeReadFromWhatIsKept() {
    once(request("r1", "memo", "confidential"), () -> accepted("ok"));
    once(request("r2", "memo", "confidential"), () -> accepted("ok"));

    List<String> kept =
        jdbi.withHandle(
            handle ->
                handle
                    .createQuery("select field_digests::text from frozen_outcome")
                    .mapTo(String.class)
                    .list());
    assertThat(kept)
        .as("salted, so that equal values look different")
        .hasSize(2)
        .doesNotHaveDuplicates()
        .noneMatch(digests -> digests.contains("confidential"));
  }

  @Test
  void aRefusalIsKeptWithAllItSaysAndItsEffectsAreNot() {
    Failure refused =
        EMPTY
            .withViolation(new Violation("amount", "must be USD", "currency"))
            .withRetryAfter(Duration.ofMillis(1500));
    once(
        request("r1"),
        () -> {
          decisions.incrementAndGet();
          return Decision.refused(refused);
        });

    assertThat(once(request("r1"), () -> accepted("now it would be fine")))
        .isEqualTo(Decision.refused(refused));
    assertThat(decisions).hasValue(1);
  }

  @Test
  void whatWasWrittenBeforeTheRefusalIsTakenBack() {
    jdbi.useTransaction(
        handle ->
            outcomes.once(
                handle,
                request("r1"),
                TEXT,
                () -> {
                  handle.execute("insert into effect values ('half')");
                  return Decision.refused(EMPTY);
                }));

    assertThat(effects()).isZero();
    assertThat(rows()).isEqualTo(1);
  }

  @Test
  void aTransientRefusalIsNoOutcome() {
    Failure busy = Failure.of(Reason.CONFLICTING_CHANGE, "two changes met");

    assertThatThrownBy(() -> once(request("r1"), () -> Decision.refused(busy)))
        .isInstanceOf(FailureException.class);

    assertThat(rows()).isZero();
    assertThat(once(request("r1"), () -> accepted("done"))).isEqualTo(Decision.accepted("done"));
  }

  @Test
  void whatIsThrownIsNoOutcome() {
    assertThatThrownBy(
            () ->
                once(
                    request("r1"),
                    () -> {
                      throw new IllegalStateException("defect");
                    }))
        .hasMessage("defect");

    assertThat(rows()).isZero();
  }

  @Test
  void anotherCallerOrMethodIsAnotherRequest() {
    once(new MutatingRequest("ada", "svc/Put", "r1", new TreeMap<>()), () -> accepted("of ada"));
    once(new MutatingRequest("eve", "svc/Put", "r1", new TreeMap<>()), () -> accepted("of eve"));
    once(new MutatingRequest("ada", "svc/Take", "r1", new TreeMap<>()), () -> accepted("taken"));

    assertThat(decisions).hasValue(3);
    assertThat(
            once(
                new MutatingRequest("eve", "svc/Put", "r1", new TreeMap<>()),
                () -> accepted("again")))
        .isEqualTo(Decision.accepted("of eve"));
  }

  @Test
  void afterTheRetentionTheIdIsNewAgain() {
    once(request("r1", "amount", "10"), () -> accepted("first"));
    clock.advance(Duration.ofDays(7).minusNanos(1_000));
    assertThat(once(request("r1", "amount", "10"), () -> accepted("x")))
        .isEqualTo(Decision.accepted("first"));
    clock.advance(Duration.ofNanos(1_000));

    assertThat(once(request("r1", "amount", "99"), () -> accepted("second")))
        .isEqualTo(Decision.accepted("second"));
    assertThat(once(request("r1", "amount", "99"), () -> accepted("third")))
        .as("kept for another retention")
        .isEqualTo(Decision.accepted("second"));
  }

  @Test
  void anExpiredRefusalDoesNotShineThroughANewAnswer() {
    once(request("r1"), () -> Decision.refused(EMPTY));
    clock.advance(Duration.ofDays(7));
    once(request("r1"), () -> accepted("fine now"));

    assertThat(once(request("r1"), () -> accepted("x"))).isEqualTo(Decision.accepted("fine now"));
  }

  @Test
  void aSweepDeletesWhatIsExpiredAndNothingElse() {
    once(request("old"), () -> accepted("ok"));
    clock.advance(Duration.ofDays(3));
    once(request("new"), () -> accepted("ok"));
    clock.advance(Duration.ofDays(4));

    assertThat(sweep()).isEqualTo(1);
    assertThat(once(request("new"), () -> accepted("x"))).isEqualTo(Decision.accepted("ok"));
    assertThat(sweep()).isZero();
  }

  @Test
  void aSweepIsBoundedAndTheNextOneGoesOn() {
    for (int i = 0; i < 45; i++) {
      once(request("r" + i), () -> accepted("ok"));
    }
    clock.advance(Duration.ofDays(8));

    assertThat(sweep()).as("3 statements of 10 rows").isEqualTo(30);
    assertThat(sweep()).isEqualTo(15);
    assertThat(rows()).isZero();
  }

  @Test
  void aSweepPassesOverWhatAnotherOneHolds() {
    once(request("r1"), () -> accepted("ok"));
    once(request("r2"), () -> accepted("ok"));
    clock.advance(Duration.ofDays(8));

    try (Handle other = jdbi.open()) {
      other.begin();
      other.execute("select 1 from frozen_outcome where request_id = 'r1' for update");
      assertThat(sweep()).isEqualTo(1);
      other.rollback();
    }

    assertThat(rows()).isEqualTo(1);
  }

  private int sweep() {
    try (OutcomeSweep sweep = new OutcomeSweep(jdbi, repository, config, clock)) {
      return sweep.sweep();
    }
  }

  private Decision<String> accepted(String answer) {
    decisions.incrementAndGet();
    return Decision.accepted(answer);
  }

  private Decision<String> once(MutatingRequest request, Supplier<Decision<String>> decide) {
    return jdbi.inTransaction(handle -> outcomes.once(handle, request, TEXT, decide));
  }

  private int rows() {
    return count("select count(*) from frozen_outcome");
  }

  private int effects() {
    return count("select count(*) from effect");
  }

  private int count(String sql) {
    return jdbi.withHandle(handle -> handle.createQuery(sql).mapTo(Integer.class).one());
  }

  private static Failure refusal(Decision<String> decision) {
    return ((Decision.Refused<String>) decision).failure();
  }

  private static MutatingRequest request(String id, String... fields) {
    TreeMap<String, byte[]> content = new TreeMap<>();
    for (int i = 0; i < fields.length; i += 2) {
      content.put(fields[i], fields[i + 1].getBytes(StandardCharsets.UTF_8));
    }
    return new MutatingRequest("ada", "svc/Put", id, content);
  }
}
