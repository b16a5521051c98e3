package dev.fourthpillar.usage.settle;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Timestamp;
import com.google.type.Money;
import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.backbone.edge.money.MoneyMapper;
import dev.fourthpillar.backbone.money.Amount;
import dev.fourthpillar.events.v1.Event;
import dev.fourthpillar.events.v1.EventFeedServiceGrpc;
import dev.fourthpillar.events.v1.HoldAttempt;
import dev.fourthpillar.events.v1.HoldOutcome;
import dev.fourthpillar.events.v1.HoldSettled;
import dev.fourthpillar.events.v1.UsageLine;
import dev.fourthpillar.events.v1.UsageSettled;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import dev.fourthpillar.testkit.service.Subscriber;
import dev.fourthpillar.testkit.service.TestService;
import dev.fourthpillar.type.v1.MeterQuantity;
import dev.fourthpillar.type.v1.PayerKind;
import dev.fourthpillar.usage.emit.Ticks;
import dev.fourthpillar.usage.evidence.Evidence;
import dev.fourthpillar.usage.hold.HoldFeed;
import dev.fourthpillar.usage.identity.PeopleFeed;
import dev.fourthpillar.usage.intake.Intake;
import dev.fourthpillar.usage.match.MatchService;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** The whole service, its neighbours' events by hand, and what it told of charges. */
public final class World implements AutoCloseable {
  /** Reports arrive soon after they were made, which is long ago: whatever waits is over. */
  public static final Instant RECEIVED_AT = Usages.AT.plus(Duration.ofMinutes(1));

  private final TestService service;
  private final Jdbi jdbi;
  private final AtomicLong versions = new AtomicLong();

  private World(TestService service) {
    this.service = service;
    this.jdbi = dev.fourthpillar.backbone.storage.JdbiSettings.apply(service.bean(Jdbi.class));
  }

  /** What waits is looked at when the test says so. */
  public static World start(TestDatabase database) {
    return start(database, Map.of());
  }

  public static World start(TestDatabase database, Map<String, Object> settings) {
    Map<String, Object> all = new TreeMap<>(settings);
    all.putIfAbsent("fourthpillar.settle.sweep-interval", "1m");
    return new World(TestService.start(database, all));
  }

  public TestService service() {
    return service;
  }

  public Jdbi jdbi() {
    return jdbi;
  }

  /** Everything but the seed price book. */
  public void clear() {
    jdbi.useHandle(
        handle ->
            handle.execute(
                """
                truncate evidence, unit_alias, unit_value, unit, unit_due, settlement,
                  settlement_head, rollup_sum, repricing, repriced_unit, report_line, match_due, person, person_country, person_identity,
                  identity_mapping, gate_change, pseudonym, booked_hold, booked_attempt,
                  unmatched_rule, commitment, rejected_evidence,
                  feed_inbox, feed_log cascade
                """));
  }

  /** Nobody is known but ada. */
  public void onlyAda() {
    clear();
    person("ada", "US", "ada@example.com");
  }

  public void person(String engineer, String country, String... emails) {
    member(engineer, country, "", "", emails);
  }

  public void member(
      String engineer, String country, String manager, String team, String... emails) {
    jdbi.useTransaction(
        handle ->
            PeopleFeed.told(
                service,
                handle,
                versions.incrementAndGet(),
                engineer,
                country,
                manager,
                team,
                emails));
  }

  public void report(Usages... usages) {
    accept(Arrays.stream(usages).map(Usages::evidence).toList());
  }

  public void accept(List<Evidence> evidence) {
    accept(evidence, RECEIVED_AT);
  }

  public void accept(List<Evidence> evidence, Instant receivedAt) {
    jdbi.useTransaction(handle -> service.bean(Intake.class).accept(handle, evidence, receivedAt));
  }

  public void hold(HoldSettled... holds) {
    jdbi.useTransaction(handle -> HoldFeed.told(service, handle, holds));
  }

  /** A hold with one attempt. */
  public static HoldSettled settled(
      String engineer, String hold, int sequence, HoldOutcome outcome, long nanos, String... ids) {
    return HoldSettled.newBuilder()
        .setEngineer(engineer)
        .setHoldId(hold)
        .setSettlementSequence(sequence)
        .setOutcome(outcome)
        .setPayerKind(PayerKind.PAYER_KIND_OWN)
        .setReserveTime(Timestamp.newBuilder().setSeconds(Usages.AT.getEpochSecond()))
        .setEndTime(Timestamp.newBuilder().setSeconds(Usages.AT.getEpochSecond() + 5))
        .setTool("claude-code")
        .addAttempts(
            HoldAttempt.newBuilder()
                .setAttempt(1)
                .setProvider("anthropic")
                .setModel("claude-opus-4-5")
                .addAllIds(List.of(ids))
                .setBookedListAmount(dollars(nanos))
                .setBookedEmployerAmount(dollars(nanos)))
        .build();
  }

  /** The same, with what was consumed. */
  public static HoldSettled measured(HoldSettled hold, long input, long output) {
    return hold.toBuilder()
        .setAttempts(
            0,
            hold.getAttempts(0).toBuilder()
                .addQuantities(MeterQuantity.newBuilder().setMeter("input").setQuantity(input))
                .addQuantities(MeterQuantity.newBuilder().setMeter("output").setQuantity(output)))
        .build();
  }

  private static Money dollars(long nanos) {
    return MoneyMapper.toProto(new Amount("USD", nanos));
  }

  /** Looks at everything that waits, until nothing is due. */
  public void sweep() {
    ValuationService valuation = service.bean(ValuationService.class);
    while (valuation.revalueDue() > 0) {
      // Each look takes one batch.
    }
  }

  /** Joins what is to be joined by what was consumed, until nothing is due. */
  public void match() {
    MatchService matches = service.bean(MatchService.class);
    boolean more = true;
    while (more) {
      more = matches.matchDue();
    }
  }

  /** Everything that was told, in the order of its numbers, after telling what is to be told. */
  public List<UsageSettled> told() {
    while (untold(jdbi) > 0) {
      Ticks.tick(service);
    }
    return told(jdbi);
  }

  /** Everything that was told by whoever works on that database. */
  public static List<UsageSettled> told(Jdbi jdbi) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select payload from (
                      select key, version, payload, type from feed_log
                      union all select key, version, payload, type from feed_inbox) e
                    where type = 'fourthpillar.events.v1.UsageSettled'
                    order by key, version
                    """)
                .map((row, _) -> parse(row.getBytes("payload")))
                .list());
  }

  /** What a subscriber with that role hears, once everything that was written has its place. */
  public List<Event> heard(Role role) {
    EventFeedServiceGrpc.EventFeedServiceBlockingStub feed =
        service.stub(EventFeedServiceGrpc::newBlockingStub, service.as("subscriber", role));
    return Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> Subscriber.caughtUp(feed),
            heard -> heard.events().size() + heard.skipped() == jdbi.withHandle(World::written))
        .events();
  }

  private static long written(Handle handle) {
    return handle
        .createQuery("select (select count(*) from feed_log) + (select count(*) from feed_inbox)")
        .mapTo(Long.class)
        .one();
  }

  /** Settlements that no line tells of yet. */
  public static long untold(Jdbi jdbi) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select count(*) from settlement where line_number is null")
                .mapTo(Long.class)
                .one());
  }

  private static UsageSettled parse(byte[] payload) {
    try {
      return UsageSettled.parseFrom(payload);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException(e);
    }
  }

  public List<UsageLine> lines(String engineer) {
    List<UsageLine> lines = new ArrayList<>();
    told().stream()
        .filter(event -> event.getEngineer().equals(engineer))
        .forEach(event -> lines.addAll(event.getLinesList()));
    return lines;
  }

  /** What each line charges at list price, in nanos. */
  public List<Long> listNanos(String engineer) {
    return lines(engineer).stream().map(line -> nanos(line.getListAmount())).toList();
  }

  public static long nanos(Money money) {
    return MoneyMapper.fromProto(money, "amount").nanos();
  }

  /** What everybody is charged at list price, by the settlements. */
  public Map<String, Long> charged() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select engineer, sum(list_nanos) as nanos from settlement
                    group by engineer having sum(list_nanos) <> 0
                    """)
                .map((row, _) -> Map.entry(row.getString("engineer"), row.getLong("nanos")))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  /** Units by state. */
  public Map<String, Long> states() {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("select state, count(*) as units from unit_value group by state")
                .map((row, _) -> Map.entry(row.getString("state"), row.getLong("units")))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  /** Sums are those of the units, and hold bookings and charges together are their values. */
  public void addsUp() {
    assertThat(wrongSums()).isEmpty();
    assertThat(wrongUnits()).isEmpty();
  }

  /** Rows in which the sums differ from the units: none. */
  public List<String> wrongSums() {
    return wrongSums(jdbi);
  }

  /** The same of whoever works on that database. */
  public static List<String> wrongSums(Jdbi jdbi) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    with units as (
                      select coalesce(subject, '') as subject, state, model,
                             count(*) as units, sum(list_nanos) as list,
                             sum(employer_nanos) as employer,
                             sum((select coalesce(sum((m.value->>0)::numeric), 0)
                                  from jsonb_each(meters) m)) as quantity
                      from unit_value where state not in ('SUPPRESSED', 'VOID')
                      group by 1, 2, 3),
                    sums as (
                      select subject, state, model, sum(units) as units, sum(list) as list,
                             sum(employer) as employer, sum(quantity) as quantity
                      from rollup group by 1, 2, 3
                      having sum(units) <> 0 or sum(list) <> 0 or sum(quantity) <> 0)
                    select coalesce(u.subject, s.subject) || ' ' || coalesce(u.state, s.state)
                    from units u full join sums s using (subject, state, model)
                    where (u.units, u.list, u.employer, u.quantity)
                      is distinct from (s.units, s.list, s.employer, s.quantity)
                    """)
                .mapTo(String.class)
                .list());
  }

  /** Units of which hold bookings and charges together are not the value: none. */
  public List<Long> wrongUnits() {
    return wrongUnits(jdbi);
  }

  /** The same of whoever works on that database. */
  public static List<Long> wrongUnits(Jdbi jdbi) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery(
                    """
                    select v.unit_id from unit_value v
                    left join lateral (
                      select coalesce(sum(s.list_nanos), 0) as list,
                             coalesce(sum(s.employer_nanos), 0) as employer
                      from settlement s where s.unit_id = v.unit_id) d on true
                    where case when v.state = 'SETTLED'
                      then v.booked_list + d.list <> v.list_nanos
                        or v.booked_employer + d.employer <> v.employer_nanos
                      else d.list <> 0 or d.employer <> 0 end
                    """)
                .mapTo(Long.class)
                .list());
  }

  public static BigDecimal dollars(Money money) {
    return BigDecimal.valueOf(money.getUnits())
        .add(BigDecimal.valueOf(money.getNanos(), 9))
        .stripTrailingZeros();
  }

  @Override
  public void close() {
    service.close();
  }
}
