package dev.fourthpillar.budget;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import com.google.type.Date;
import com.google.type.Decimal;
import com.google.type.Money;
import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.backbone.edge.money.MoneyMapper;
import dev.fourthpillar.backbone.edge.time.DateMapper;
import dev.fourthpillar.backbone.edge.time.TimestampMapper;
import dev.fourthpillar.backbone.feed.peer.PeerEvents;
import dev.fourthpillar.backbone.money.Amount;
import dev.fourthpillar.backbone.storage.Transactions;
import dev.fourthpillar.budget.account.AccountState;
import dev.fourthpillar.budget.account.AccountStore;
import dev.fourthpillar.budget.v1.AssignPlanRequest;
import dev.fourthpillar.budget.v1.CreatePlanRequest;
import dev.fourthpillar.budget.v1.EnforcementServiceGrpc;
import dev.fourthpillar.budget.v1.EnforcementServiceGrpc.EnforcementServiceBlockingStub;
import dev.fourthpillar.budget.v1.OveragePolicy;
import dev.fourthpillar.budget.v1.Plan;
import dev.fourthpillar.budget.v1.PlanServiceGrpc;
import dev.fourthpillar.budget.v1.PlanServiceGrpc.PlanServiceBlockingStub;
import dev.fourthpillar.budget.v1.PriceSide;
import dev.fourthpillar.events.v1.ChargeBooked;
import dev.fourthpillar.events.v1.EngineerChanged;
import dev.fourthpillar.events.v1.EngineerLeft;
import dev.fourthpillar.events.v1.EntitlementRecurrence;
import dev.fourthpillar.events.v1.EntitlementSegment;
import dev.fourthpillar.events.v1.Event;
import dev.fourthpillar.events.v1.FxRatePublished;
import dev.fourthpillar.events.v1.SettlementCause;
import dev.fourthpillar.events.v1.TokenBudgetEntitled;
import dev.fourthpillar.events.v1.UsageLine;
import dev.fourthpillar.events.v1.UsageSettled;
import dev.fourthpillar.localdb.LocalDatabase;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import dev.fourthpillar.testkit.service.TestService;
import io.micronaut.context.ApplicationContext;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.awaitility.Awaitility;

/**
 * A budget service whose clock a test sets, and the other services as far as it hears of them:
 * their events are given to the consumers as the feed would, each call in one transaction.
 */
public final class BudgetWorld implements AutoCloseable {
  public static final Duration PATIENCE = Duration.ofSeconds(30);

  private final TestService server;
  private final Map<String, Long> versions = new HashMap<>();

  private BudgetWorld(TestService server) {
    this.server = server;
  }

  public static BudgetWorld at(TestDatabase database, String time) {
    return at(database, time, Map.of());
  }

  public static BudgetWorld at(
      TestDatabase database, String time, Map<String, Object> differences) {
    return new BudgetWorld(TestService.start(database, properties(time, differences)));
  }

  /** On a database that the test made itself. */
  public static BudgetWorld at(
      LocalDatabase database, String time, Map<String, Object> differences) {
    return new BudgetWorld(TestService.start(database, properties(time, differences)));
  }

  private static Map<String, Object> properties(String time, Map<String, Object> differences) {
    Map<String, Object> properties = new HashMap<>();
    properties.put(TestLedgerTime.PROPERTY, time);
    properties.put("fourthpillar.period.interval", "50ms");
    properties.put("fourthpillar.pending.interval", "50ms");
    properties.putAll(differences);
    return properties;
  }

  public TestService server() {
    return server;
  }

  /** What a gateway asks it. */
  public EnforcementServiceBlockingStub gateway() {
    return server.stub(EnforcementServiceGrpc::newBlockingStub, server.as("gw", Role.GATEWAY));
  }

  /** What finance does with plans. */
  public PlanServiceBlockingStub plans() {
    return server.stub(PlanServiceGrpc::newBlockingStub, server.as("finance-tool", Role.FINANCE));
  }

  /** Makes a plan, at list price and blocking where nothing else is said. */
  public void plan(Plan.Builder plan) {
    if (plan.getOverageValue() == 0) {
      plan.setOverage(OveragePolicy.OVERAGE_POLICY_BLOCK);
    }
    if (plan.getPriceSideValue() == 0) {
      plan.setPriceSide(PriceSide.PRICE_SIDE_LIST);
    }
    var _ =
        plans()
            .createPlan(
                CreatePlanRequest.newBuilder()
                    .setRequestId("make-" + plan.getPlan())
                    .setPlan(plan)
                    .build());
  }

  public void assign(String engineer, String plan, String from) {
    var _ =
        plans()
            .assignPlan(
                AssignPlanRequest.newBuilder()
                    .setRequestId(UUID.randomUUID().toString())
                    .setEngineer(engineer)
                    .setPlan(plan)
                    .setEffectiveFrom(day(from))
                    .build());
  }

  public void timeIs(String time) {
    server.bean(TestLedgerTime.class).set(time);
  }

  /** An engineer of Stockholm. */
  public void engineer(String id, String currency) {
    engineer(id, currency, "SE", "Europe/Stockholm", "2020-01-01", Instant.EPOCH.toString());
  }

  public void engineer(
      String id, String currency, String country, String zone, String start, String toldAt) {
    tell(
        id,
        toldAt,
        EngineerChanged.newBuilder()
            .setEngineer(id)
            .setCountry(country)
            .setTimeZone(zone)
            .setCurrencyCode(currency)
            .setStartDate(day(start))
            .build());
  }

  public void left(String id, String lastDay) {
    tell(id, EngineerLeft.newBuilder().setEngineer(id).setLastDay(day(lastDay)).build());
  }

  public void entitled(String id, EntitlementSegment... segments) {
    tell(
        id,
        TokenBudgetEntitled.newBuilder().setEngineer(id).addAllSegments(List.of(segments)).build());
  }

  /** So much per year. */
  public static EntitlementSegment annual(
      String id, String from, String until, String currency, String amount) {
    EntitlementSegment.Builder segment =
        EntitlementSegment.newBuilder()
            .setSegmentId(id)
            .setEffectiveFrom(day(from))
            .setRecurrence(EntitlementRecurrence.ENTITLEMENT_RECURRENCE_ANNUAL)
            .setAmount(money(currency, amount));
    if (!until.isEmpty()) {
      segment.setEffectiveUntil(day(until));
    }
    return segment.build();
  }

  public void rate(String source, String target, String rate, String day) {
    tell(
        source + "/" + target,
        FxRatePublished.newBuilder()
            .setFxRateId(source + target + day)
            .setSourceCurrencyCode(source)
            .setTargetCurrencyCode(target)
            .setRate(Decimal.newBuilder().setValue(rate))
            .setDate(day(day))
            .build());
  }

  /** Lines of dollars, from this number on; the employer pays half. */
  public static UsageSettled settled(String id, long first, UsageLine.Builder... lines) {
    UsageSettled.Builder settled =
        UsageSettled.newBuilder().setEngineer(id).setFirst(first).setLast(first + lines.length - 1);
    for (int i = 0; i < lines.length; i++) {
      settled.addLines(lines[i].setNumber(first + i));
    }
    return settled.build();
  }

  public static UsageLine.Builder line(String minute, String dollars) {
    BigDecimal half = new BigDecimal(dollars).divide(BigDecimal.TWO);
    return UsageLine.newBuilder()
        .setCause(SettlementCause.SETTLEMENT_CAUSE_USAGE)
        .setUsageMinute(time(minute))
        .setProvider("anthropic")
        .setModel("claude-sonnet-4-5")
        .setListAmount(money("USD", dollars))
        .setEmployerAmount(money("USD", half.toPlainString()));
  }

  public void usage(UsageSettled... settled) {
    tell(
        Arrays.stream(settled)
            .map(each -> event(each.getEngineer(), each.getLast(), "", each))
            .toList());
  }

  /** One event of another service, with the next version of its key. */
  public void tell(String key, Message payload) {
    tell(key, "", payload);
  }

  private void tell(String key, String toldAt, Message payload) {
    tell(List.of(event(key, versions.merge(key, 1L, Long::sum), toldAt, payload)));
  }

  /** These events, as one message of the feed. */
  public void tell(List<Event> events) {
    String type = events.getFirst().getType();
    PeerEvents consumer =
        server.bean(ApplicationContext.class).getBeansOfType(PeerEvents.class).stream()
            .filter(each -> each.types().contains(type))
            .findFirst()
            .orElseThrow();
    var _ =
        server
            .bean(Transactions.class)
            .run(
                handle -> {
                  consumer.apply(handle, events);
                  return true;
                });
  }

  public static Event event(String key, long version, String time, Message payload) {
    return Event.newBuilder()
        .setId(UUID.randomUUID().toString())
        .setType(payload.getDescriptorForType().getFullName())
        .setKey(key)
        .setVersion(version)
        .setTime(time.isEmpty() ? Timestamp.getDefaultInstance() : time(time))
        .setData(Any.pack(payload))
        .build();
  }

  /** The account as it is now. */
  public Optional<AccountState> account(String engineer, String currency) {
    return server
        .bean(Transactions.class)
        .run(handle -> server.bean(AccountStore.class).ofEngineer(handle, engineer))
        .stream()
        .filter(state -> state.id().currency().equals(currency))
        .findFirst();
  }

  /** What is free now, in units. */
  public String available(String engineer, String currency) {
    return account(engineer, currency)
        .map(state -> state.available(state.lastTime()))
        .map(nanos -> new BigDecimal(nanos, 9).stripTrailingZeros().toPlainString())
        .orElse("no account");
  }

  /** Waits until so much is free. */
  public void awaitAvailable(String engineer, String currency, String units) {
    Awaitility.await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                org.assertj.core.api.Assertions.assertThat(available(engineer, currency))
                    .isEqualTo(units));
  }

  /** What was told of an engineer's charges, in order. */
  public List<ChargeBooked> charges(String engineer) {
    return events(engineer, ChargeBooked.class);
  }

  /** What was told of this type by this key, in order. */
  public <T extends Message> List<T> events(String key, Class<T> type) {
    String name = "fourthpillar.events.v1." + type.getSimpleName();
    return server
        .database()
        .withHandle(
            handle ->
                handle
                    .createQuery(
                        """
                        select payload from (
                          select 0 as place, position as at, payload from feed_log
                          where key = :key and type = :type
                          union all
                          select 1, id, payload from feed_inbox
                          where key = :key and type = :type) told
                        order by place, at
                        """)
                    .bind("key", key)
                    .bind("type", name)
                    .mapTo(byte[].class)
                    .map(payload -> parsed(name, payload, type))
                    .list());
  }

  private static <T extends Message> T parsed(String name, byte[] payload, Class<T> type) {
    try {
      return Any.newBuilder()
          .setTypeUrl("/" + name)
          .setValue(ByteString.copyFrom(payload))
          .build()
          .unpack(type);
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  public static Money money(String currency, String units) {
    return MoneyMapper.toProto(
        new Amount(currency, new BigDecimal(units).movePointRight(9).longValueExact()));
  }

  public static Timestamp time(String time) {
    return TimestampMapper.toProto(Instant.parse(time));
  }

  /** {@code 2026-03-01}. */
  public static Date day(String day) {
    return DateMapper.toProto(LocalDate.parse(day));
  }

  @Override
  public void close() {
    server.close();
  }
}
