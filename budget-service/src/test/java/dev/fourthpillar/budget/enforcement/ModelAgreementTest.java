package dev.fourthpillar.budget.enforcement;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import com.google.type.Money;
import dev.fourthpillar.backbone.edge.money.MoneyMapper;
import dev.fourthpillar.backbone.money.Amount;
import dev.fourthpillar.budget.BudgetWorld;
import dev.fourthpillar.budget.v1.EnforcementServiceGrpc.EnforcementServiceBlockingStub;
import dev.fourthpillar.budget.v1.OnExpiry;
import dev.fourthpillar.budget.v1.ReleaseRequest;
import dev.fourthpillar.budget.v1.ReserveRequest;
import dev.fourthpillar.budget.v1.SettleRequest;
import dev.fourthpillar.charging.model.Accounts;
import dev.fourthpillar.charging.model.Charge;
import dev.fourthpillar.charging.model.Charging;
import dev.fourthpillar.charging.model.Settlement;
import dev.fourthpillar.charging.world.Attempt;
import dev.fourthpillar.charging.world.Delivery;
import dev.fourthpillar.charging.world.HoldAccount;
import dev.fourthpillar.charging.world.PersonTold;
import dev.fourthpillar.charging.world.RatePublished;
import dev.fourthpillar.charging.world.Report;
import dev.fourthpillar.charging.world.Schedule;
import dev.fourthpillar.charging.world.Worlds;
import dev.fourthpillar.events.v1.SettlementCause;
import dev.fourthpillar.events.v1.UsageLine;
import dev.fourthpillar.events.v1.UsageSettled;
import dev.fourthpillar.testkit.Dose;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The whole service and the model of accounts, given the same holds and the same lines of usage,
 * end in the same balances to the nano. A gateway here reserves, settles, releases, dies and comes
 * back; lines come late and twice; people and rates come late.
 */
@PostgresTest(migrations = {"classpath:db/feed", "classpath:db/outcome", "classpath:db/budget"})
final class ModelAgreementTest {
  private static final int CALLS = 20;
  private static final long GRANTED = 10_000;
  private static final long HOLD_SECONDS = 30;

  private static final Comparator<Report> TIE_BREAK =
      Comparator.comparing(Report::key).thenComparing(Report::version);

  /** One for each schedule: its rates are published once and for all. */
  private static final List<String> CURRENCIES =
      Currency.getAvailableCurrencies().stream()
          .map(Currency::getCurrencyCode)
          .filter(code -> !code.equals("USD") && !code.startsWith("X"))
          .sorted()
          .toList();

  private static BudgetWorld world;
  private static EnforcementServiceBlockingStub gateway;
  private static Instant now = Worlds.LAST;

  @BeforeAll
  static void start(TestDatabase database) {
    world =
        BudgetWorld.at(
            database,
            now.toString(),
            Map.of(
                "fourthpillar.enforcement.sweep-interval", "10m",
                "fourthpillar.enforcement.facts-ttl", "0s"));
    gateway = world.gateway();
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  @Test
  void balancesAreThoseOfTheModel() {
    long firstSeed = Dose.seed();
    for (int i = 0; i < Dose.of(10, 100); i++) {
      Run run = new Run(firstSeed + i, CURRENCIES.get(i));
      run.play();
      run.check();
    }
  }

  /** One schedule: engineers and holds of its own. */
  private static final class Run {
    private final long seed;
    private final String currency;
    private final Random random;
    private final Charging charging = new Charging(TIE_BREAK);
    private final Accounts accounts = new Accounts();
    private final Set<String> known = new HashSet<>();
    private final Map<Attempt.HoldId, Integer> ended = new HashMap<>();
    private int told;

    Run(long seed, String currency) {
      this.seed = seed;
      this.currency = currency;
      this.random = new Random(seed);
    }

    void play() {
      Schedule schedule = Worlds.of(seed, CALLS).schedule(random);
      Map<Attempt.HoldId, Map<Integer, HoldAccount>> histories = new HashMap<>();
      for (Delivery delivery : schedule.delivered()) {
        if (delivery instanceof HoldAccount account) {
          histories
              .computeIfAbsent(account.id(), _ -> new HashMap<>())
              .put(account.sequence(), account);
        }
      }
      Instant clock = Worlds.LAST;
      for (Delivery delivery : schedule.inOrder()) {
        clock = clock.plusSeconds(random.nextInt(200));
        switch (delivery) {
          case HoldAccount account -> hold(account, histories.get(account.id()));
          case PersonTold person -> tell(person.engineer());
          case RatePublished rate ->
              world.rate("USD", currency, rate.rate().toPlainString(), rate.day().toString());
          default -> {
            // Says nothing to budget-service.
          }
        }
        accounts.accept(delivery);
        charging.accept(delivery, clock);
        lines(false);
      }
      charging.rest();
      lines(true);
    }

    /** What happened to a hold before somebody could hear of it. */
    private void hold(HoldAccount account, Map<Integer, HoldAccount> history) {
      tell(account.engineer());
      history.values().stream()
          .sorted(Comparator.comparing(HoldAccount::sequence))
          .filter(each -> each.sequence() <= account.sequence())
          .filter(each -> each.sequence() > ended.getOrDefault(account.id(), 0))
          .forEach(this::end);
    }

    private void end(HoldAccount account) {
      boolean open = ended.put(account.id(), account.sequence()) == null;
      switch (account.outcome()) {
        case SETTLED -> {
          if (open) {
            // Sometimes more is held than it costs, sometimes less.
            reserve(account, 1 + random.nextLong(2 * Accounts.booked(account)), true);
          }
          var _ =
              gateway.settle(
                  SettleRequest.newBuilder()
                      .setEngineer(name(account.engineer()))
                      .setHoldId(account.hold())
                      .setActualAmount(dollars(Accounts.booked(account)))
                      .build());
        }
        case ESTIMATED -> {
          reserve(account, Accounts.booked(account), true);
          expire();
        }
        case RELEASED -> {
          reserve(account, 1 + random.nextInt(50_000_000), false);
          if (random.nextBoolean()) {
            expire();
          } else {
            var _ =
                gateway.release(
                    ReleaseRequest.newBuilder()
                        .setEngineer(name(account.engineer()))
                        .setHoldId(account.hold())
                        .build());
          }
        }
      }
    }

    private void reserve(HoldAccount account, long nanos, boolean estimate) {
      var _ =
          gateway.reserve(
              ReserveRequest.newBuilder()
                  .setEngineer(name(account.engineer()))
                  .setHoldId(account.hold())
                  .setAmount(dollars(nanos))
                  .setTtl(Duration.newBuilder().setSeconds(HOLD_SECONDS))
                  .setOnExpiry(
                      estimate ? OnExpiry.ON_EXPIRY_SETTLE_ESTIMATE : OnExpiry.ON_EXPIRY_RELEASE)
                  .build());
    }

    /** Its caller has died. */
    private void expire() {
      now = now.plusSeconds(HOLD_SECONDS);
      world.timeIs(now.toString());
      world.server().bean(HoldSweepService.class).sweep();
    }

    private void tell(String engineer) {
      if (engineer.equals(Worlds.EVA) || !known.add(engineer)) {
        return;
      }
      String id = name(engineer);
      world.engineer(id, currency(engineer), "US", "UTC", "2020-01-01", Instant.EPOCH.toString());
      world.entitled(
          id,
          BudgetWorld.annual("a", "2020-01-01", "", currency(engineer), Long.toString(GRANTED)));
      Awaitility.await()
          .atMost(BudgetWorld.PATIENCE)
          .until(() -> world.account(id, currency(engineer)).isPresent());
    }

    /** Lines come in order, some of them late, together with others, or again. */
    private void lines(boolean all) {
      List<Settlement> lines = charging.settlements();
      if (all || random.nextInt(4) == 0) {
        List<Settlement> message =
            new ArrayList<>(lines.subList(Math.max(0, told - random.nextInt(3)), lines.size()));
        message.forEach(accounts::settled);
        message.removeIf(each -> each.change().line().payer().equals(Charging.EMPLOYER));
        if (!message.isEmpty()) {
          world.usage(message.stream().map(this::settled).toArray(UsageSettled[]::new));
        }
        told = lines.size();
      }
    }

    private UsageSettled settled(Settlement settlement) {
      Charge change = settlement.change();
      Optional<Attempt> through = change.line().through();
      UsageLine.Builder line =
          BudgetWorld.line(change.line().time().toString(), "0")
              .setCause(
                  through.isPresent()
                      ? SettlementCause.SETTLEMENT_CAUSE_MATCHED_HOLD
                      : change.cost().list() < 0
                          ? SettlementCause.SETTLEMENT_CAUSE_REVISED
                          : SettlementCause.SETTLEMENT_CAUSE_USAGE)
              .setUsageMinute(
                  BudgetWorld.time(change.line().time().truncatedTo(ChronoUnit.MINUTES).toString()))
              .setListAmount(dollars(change.cost().list()))
              .setEmployerAmount(dollars(change.cost().employer()));
      through.ifPresent(attempt -> line.setHoldId(attempt.hold()).setAttempt(attempt.number()));
      return BudgetWorld.settled(name(change.line().payer()), settlement.number(), line);
    }

    void check() {
      assertThat(accounts.pending()).isZero();
      for (String engineer : known) {
        BigDecimal free =
            BigDecimal.valueOf(GRANTED).subtract(BigDecimal.valueOf(accounts.spent(engineer), 9));
        world.awaitAvailable(
            name(engineer), currency(engineer), free.stripTrailingZeros().toPlainString());
      }
    }

    private String name(String engineer) {
      return engineer + "-" + seed;
    }

    private String currency(String engineer) {
      return Accounts.hasOtherCurrency(engineer) ? currency : "USD";
    }
  }

  private static Money dollars(long nanos) {
    return MoneyMapper.toProto(new Amount("USD", nanos));
  }
}
