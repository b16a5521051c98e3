package dev.fourthpillar.usage.settle;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import dev.fourthpillar.events.v1.HoldOutcome;
import dev.fourthpillar.pricing.quantity.Quantities;
import dev.fourthpillar.testkit.Dose;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import dev.fourthpillar.usage.MetricFixture;
import dev.fourthpillar.usage.evidence.Evidence;
import dev.fourthpillar.usage.pricebook.TestBook;
import dev.fourthpillar.usage.reprice.RepricingSteps;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;

/**
 * The whole service: whatever arrives, in whatever order, as often as it may, late and cut into any
 * batches, ends in the same totals and the same settlements. Bounded shrinking would go on beside
 * the next property, in the same database.
 */
@AddLifecycleHook(ArrivalPropertiesTest.Tries.class)
class ArrivalPropertiesTest {
  private static final Instant START = Instant.parse("2026-11-20T00:00:00Z");
  private static final Instant END = Instant.parse("2026-11-21T00:00:00Z");

  private static TestDatabase database;
  private static World world;

  @BeforeContainer
  static void start() {
    database = TestDatabase.create();
    world = World.start(database);
  }

  @AfterContainer
  static void stop() {
    world.close();
    database.close();
  }

  /** What may be said of one call, or of an hour of calls. */
  private enum Kind {
    LOG,
    LOG_AND_GATEWAY,
    LOG_AND_SPAN,
    SPAN,
    /** One key, two contents. */
    TWO_CONTENTS,
    /** A log, and the hold that the call was made under. */
    HELD,
    /** Two clients' reports that only the gateway knows to be of one call. */
    JOINED,
    SUMS_OF_AN_INTERVAL,
    SUMS_SINCE_A_START
  }

  /**
   * Something that was done.
   *
   * @param person Ada is known from the start; of Bob it is told late, and of nobody never
   * @param model the price of nova comes late
   */
  private record Deed(Kind kind, String person, String model, int minute, long input, long output) {
    String email() {
      return person + "@example.com";
    }
  }

  /** One message. */
  @FunctionalInterface
  private interface Told {
    void tell();
  }

  /** A report, which may come in a batch with others. */
  private record Said(Evidence evidence) {}

  @Property(tries = 5, shrinking = ShrinkingMode.FULL)
  void orderRepetitionDelayAndBatchesChangeNothing(
      @ForAll("deeds") List<Deed> deeds, @ForAll long seed) {
    begin(true);
    saidBy(deeds).forEach(said -> world.accept(List.of(said.evidence())));
    othersOf(deeds).forEach(Told::tell);
    rest();
    Set<String> settlements = settlements();
    Set<String> totals = totals();

    Random random = new Random(seed);
    begin(false);
    List<Object> arriving = new ArrayList<>(saidBy(deeds));
    arriving.addAll(othersOf(deeds));
    List.copyOf(arriving).stream().filter(_ -> random.nextInt(2) == 0).forEach(arriving::add);
    arriving.add((Told) () -> world.person("bob", "US", "bob@example.com"));
    arriving.add((Told) ArrivalPropertiesTest::novaIsPriced);
    Collections.shuffle(arriving, random);
    List<Evidence> batch = new ArrayList<>();
    for (Object one : arriving) {
      switch (one) {
        case Said said -> batch.add(said.evidence());
        case Told told -> told.tell();
        default -> throw new AssertionError(one);
      }
      if (random.nextInt(3) == 0) {
        deliver(batch, random);
      }
    }
    deliver(batch, random);
    rest();

    assertThat(settlements()).isEqualTo(settlements);
    assertThat(totals()).isEqualTo(totals);
  }

  @Property(tries = 3, shrinking = ShrinkingMode.FULL)
  void aLateIdentityAndALatePriceEndInWhatEarlyOnesDo(@ForAll("deeds") List<Deed> deeds) {
    begin(true);
    tell(deeds);
    Set<String> settlements = settlements();
    Set<String> totals = totals();

    begin(false);
    tell(deeds);
    novaIsPriced();
    world.sweep();
    world.person("bob", "US", "bob@example.com");
    rest();

    assertThat(settlements()).isEqualTo(settlements);
    assertThat(totals()).isEqualTo(totals);
  }

  @Property(tries = 2, shrinking = ShrinkingMode.FULL)
  void pricingAnewThereAndBackIsNothing(@ForAll("deeds") List<Deed> deeds) {
    begin(true);
    tell(deeds);
    Set<String> settlements = settlements();
    Set<String> totals = totals();

    TestBook.of("corrected", "2026-08-08T00:00:00Z")
        .model("anthropic", "claude-opus-4-5", "3", "17")
        .model("anthropic", "nova", "2.5", "0.000001")
        .activate(world);
    RepricingSteps repricing = new RepricingSteps(world);
    String there = repricing.reprice(time(START), time(END));
    requireSums();
    repricing.revert(there);
    rest();

    assertThat(settlements()).isEqualTo(settlements);
    assertThat(totals()).isEqualTo(totals);
  }

  @Provide
  static Arbitrary<List<Deed>> deeds() {
    return Combinators.combine(
            Arbitraries.of(Kind.class),
            Arbitraries.of("ada", "bob", "nobody"),
            Arbitraries.of("claude-opus-4-5", "nova"),
            Arbitraries.integers().between(0, 59),
            Arbitraries.longs().between(1, 5_000),
            Arbitraries.longs().between(1, 500))
        .as(Deed::new)
        .list()
        .ofMinSize(1)
        .ofMaxSize(8);
  }

  private static void begin(boolean everythingIsKnown) {
    world.clear();
    TestBook.forget(world);
    world.person("ada", "US", "ada@example.com");
    if (everythingIsKnown) {
      world.person("bob", "US", "bob@example.com");
      novaIsPriced();
    }
  }

  private static void novaIsPriced() {
    TestBook.of("with-nova", "2026-08-07T00:00:00Z")
        .model("anthropic", "claude-opus-4-5", "5", "25")
        .model("anthropic", "nova", "0.333333", "7.000001")
        .activate(world);
  }

  private static void tell(List<Deed> deeds) {
    saidBy(deeds).forEach(said -> world.accept(List.of(said.evidence())));
    othersOf(deeds).forEach(Told::tell);
    rest();
  }

  private static void deliver(List<Evidence> batch, Random random) {
    world.accept(batch, World.RECEIVED_AT.plus(Duration.ofMinutes(random.nextInt(600))));
    batch.clear();
    if (random.nextInt(4) == 0) {
      world.sweep();
      requireSums();
    }
  }

  private static void rest() {
    world.sweep();
    requireSums();
  }

  /** Parts sum to totals, and of every unit what was charged is its value. */
  private static void requireSums() {
    assertThat(world.wrongSums()).isEmpty();
    assertThat(world.wrongUnits()).isEmpty();
    List<Long> partsAreNotTheWhole =
        world
            .jdbi()
            .withHandle(
                handle ->
                    handle
                        .createQuery(
                            """
                            select unit_id from unit_value v
                            cross join lateral (
                              select coalesce(sum((m.value->>1)::numeric), 0) as list,
                                coalesce(sum((m.value->>2)::numeric), 0) as employer
                              from jsonb_each(v.meters) m) parts
                            where parts.list <> v.list_nanos or parts.employer <> v.employer_nanos
                            """)
                        .mapTo(Long.class)
                        .list());
    assertThat(partsAreNotTheWhole).isEmpty();
  }

  /** What each is charged, minute by minute and meter by meter. */
  private static Set<String> settlements() {
    return lines(
        """
        select concat_ws(' ', engineer, usage_minute, hold_id, attempt, provider, model, tool,
          meter, sum(quantity), sum(list), sum(employer))
        from (
          select s.*, '' as meter, 0 as quantity, list_nanos as list, employer_nanos as employer
          from settlement s
          union all
          select s.*, q.key, q.value::numeric, 0, 0
          from settlement s cross join lateral jsonb_each_text(s.quantities) q) lines
        group by engineer, usage_minute, hold_id, attempt, provider, model, tool, meter
        having sum(quantity) <> 0 or sum(list) <> 0 or sum(employer) <> 0
        """);
  }

  private static Set<String> totals() {
    return lines(
        """
        select concat_ws(' ', subject, quarter, provider, model, tool, project, agent, state, meter,
          sum(units), sum(quantity), sum(list), sum(employer))
        from rollup
        group by subject, quarter, provider, model, tool, project, agent, state, meter
        having sum(units) <> 0 or sum(quantity) <> 0 or sum(list) <> 0 or sum(employer) <> 0
        """);
  }

  private static Set<String> lines(String sql) {
    List<String> lines =
        world.jdbi().withHandle(handle -> handle.createQuery(sql).mapTo(String.class).list());
    return new TreeSet<>(lines);
  }

  /** Every report of what was done, with keys of its own. */
  private static List<Said> saidBy(List<Deed> deeds) {
    List<Evidence> evidence = new ArrayList<>();
    for (int i = 0; i < deeds.size(); i++) {
      Deed deed = deeds.get(i);
      Usages log = log(deed, "req_" + i);
      switch (deed.kind()) {
        case LOG, HELD -> evidence.add(log.evidence());
        case LOG_AND_GATEWAY -> {
          evidence.add(log.evidence());
          evidence.add(log.byGateway("gw_" + i).using(doubled(deed)).evidence());
        }
        case LOG_AND_SPAN -> {
          evidence.add(log.evidence());
          evidence.add(log.span().evidence());
        }
        case SPAN -> evidence.add(log.span().evidence());
        case TWO_CONTENTS -> {
          evidence.add(log.evidence());
          evidence.add(log.using(doubled(deed)).evidence());
        }
        case JOINED -> {
          evidence.add(log.evidence());
          evidence.add(log(deed, "msg_" + i).evidence());
          evidence.add(log.byGateway("gw_" + i).ids("req_" + i, "msg_" + i).evidence());
        }
        case SUMS_OF_AN_INTERVAL -> evidence.addAll(metric(deed, i).delta().evidence());
        case SUMS_SINCE_A_START -> evidence.addAll(metric(deed, i).evidence());
      }
    }
    return evidence.stream().map(Said::new).toList();
  }

  private static List<Told> othersOf(List<Deed> deeds) {
    List<Told> others = new ArrayList<>();
    for (int i = 0; i < deeds.size(); i++) {
      Deed deed = deeds.get(i);
      if (deed.kind() == Kind.HELD) {
        String id = "req_" + i;
        others.add(
            () ->
                world.hold(
                    World.measured(
                        World.settled(
                            deed.person().equals("nobody") ? "ada" : deed.person(),
                            "hold-" + id,
                            1,
                            HoldOutcome.HOLD_OUTCOME_SETTLED,
                            1_234_567,
                            id),
                        deed.input(),
                        // What no log says: matching by quantities is shown elsewhere.
                        deed.output() + 10_000)));
      }
    }
    return others;
  }

  private static Usages log(Deed deed, String id) {
    return Usages.call(id)
        .of(deed.email())
        .model(deed.model())
        .at(Usages.AT.truncatedTo(ChronoUnit.HOURS).plus(Duration.ofMinutes(deed.minute())))
        .using(Usages.tokens(deed.input(), deed.output()));
  }

  private static Quantities doubled(Deed deed) {
    return Usages.tokens(2 * deed.input(), 2 * deed.output());
  }

  /** Of a session of its own, or of that of the logs, which cover it. */
  private static MetricFixture metric(Deed deed, int number) {
    // Each a process of its own.
    String begin = "10:%02d:%02d".formatted(deed.minute(), number);
    MetricFixture metric =
        MetricFixture.claude(number % 2 == 0 ? "session-1" : "metrics-" + number)
            .with("user.email", deed.email())
            .with("model", deed.model());
    metric.tokens(begin, "11:30:00", deed.input(), deed.output());
    metric.tokens(begin, "12:10:00", 2 * deed.input(), 2 * deed.output());
    return metric.tokens(begin, "12:20:00", 3 * deed.input(), 3 * deed.output() + 1);
  }

  private static Timestamp time(Instant time) {
    return Timestamp.newBuilder().setSeconds(time.getEpochSecond()).build();
  }

  /** Few in a build, for each is two runs of the whole service; many in a soak. Always the same. */
  static final class Tries implements AroundPropertyHook {
    private static final int SOAK = 50;

    @Override
    public PropertyExecutionResult aroundProperty(
        PropertyLifecycleContext context, PropertyExecutor property) {
      context
          .attributes()
          .tries()
          .ifPresent(t -> context.attributes().setTries(Dose.of(t, SOAK * t)));
      context.attributes().setSeed(Long.toString(Dose.seed()));
      return property.execute();
    }

    @Override
    public PropagationMode propagateTo() {
      return PropagationMode.ALL_DESCENDANTS;
    }
  }
}
