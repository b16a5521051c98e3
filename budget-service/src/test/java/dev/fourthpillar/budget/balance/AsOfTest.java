package dev.fourthpillar.budget.balance;

import static dev.fourthpillar.budget.BudgetWorld.annual;
import static dev.fourthpillar.budget.BudgetWorld.line;
import static dev.fourthpillar.budget.BudgetWorld.money;
import static dev.fourthpillar.budget.BudgetWorld.settled;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.type.Money;
import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.backbone.edge.money.MoneyMapper;
import dev.fourthpillar.backbone.edge.time.TimestampMapper;
import dev.fourthpillar.budget.BudgetWorld;
import dev.fourthpillar.budget.v1.AccountBalance;
import dev.fourthpillar.budget.v1.BalanceServiceGrpc;
import dev.fourthpillar.budget.v1.BalanceServiceGrpc.BalanceServiceBlockingStub;
import dev.fourthpillar.budget.v1.Book;
import dev.fourthpillar.budget.v1.EntryKind;
import dev.fourthpillar.budget.v1.GetBalanceRequest;
import dev.fourthpillar.budget.v1.LedgerEntry;
import dev.fourthpillar.budget.v1.ListEntriesRequest;
import dev.fourthpillar.budget.v1.ReserveRequest;
import dev.fourthpillar.budget.v1.SettleRequest;
import dev.fourthpillar.testkit.Dose;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import io.grpc.StatusRuntimeException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Balances of a time equal a replay, over seeded random histories across a year's end: what was
 * answered then is what is answered later of then, and any other pair of times is the sum of those
 * entries that count by the rule.
 */
@PostgresTest(migrations = {"classpath:db/feed", "classpath:db/outcome", "classpath:db/budget"})
final class AsOfTest {
  private static final Instant START = Instant.parse("2026-12-20T06:00:00Z");
  private static final int STEPS = 15;
  private static final int PAIRS = 40;

  private BudgetWorld world;
  private BalanceServiceBlockingStub finance;

  @Test
  void aBalanceOfATimeIsAReplayOfWhatWasKnown(TestDatabase database) {
    int histories = Dose.of(5, 100);
    long seed = Dose.seed();
    world =
        BudgetWorld.at(
            database, START.toString(), Map.of("fourthpillar.enforcement.facts-ttl", "0s"));
    try (BudgetWorld _ = world) {
      finance =
          world
              .server()
              .stub(
                  BalanceServiceGrpc::newBlockingStub,
                  world.server().as("finance-tool", Role.FINANCE));
      int compared = 0;
      for (int history = 0; history < histories; history++) {
        world.timeIs(START.toString());
        compared += play("as-of-" + history, new Random(seed + history));
      }
      // Of most steps: where the next year's lot came in just after the answer there is nothing to
      // say.
      assertThat(compared).isGreaterThan(histories * STEPS / 2);
    }
  }

  private int play(String engineer, Random random) {
    world.engineer(engineer, "USD", "US", "UTC", "2020-01-01", Instant.EPOCH.toString());
    world.entitled(engineer, annual("a", "2020-01-01", "", "USD", "500"));
    world.awaitAvailable(engineer, "USD", "500");
    Map<Instant, AccountBalance> then = new TreeMap<>();
    Instant now = START;
    long number = 1;
    for (int step = 0; step < STEPS; step++) {
      now = now.plus(Duration.ofMinutes(1 + random.nextInt(3 * 24 * 60)));
      world.timeIs(now.toString());
      switch (random.nextInt(4)) {
        case 0, 1 -> {
          Instant minute = now.minus(Duration.ofMinutes(random.nextInt(10 * 24 * 60)));
          String dollars = BigDecimal.valueOf(random.nextInt(90_000), 3).toPlainString();
          world.usage(settled(engineer, number++, line(wholeMinute(minute), dollars)));
        }
        case 2 ->
            world.entitled(
                engineer,
                annual("a", "2020-01-01", "", "USD", Integer.toString(300 + random.nextInt(400))));
        default -> call(engineer, "h" + step, 1 + random.nextInt(80), random.nextInt(120));
      }
      then.put(now, balance(engineer, GetBalanceRequest.newBuilder()));
    }
    world.timeIs(now.plus(Duration.ofDays(1)).toString());
    List<LedgerEntry> entries = entries(engineer);
    int compared = 0;
    for (Map.Entry<Instant, AccountBalance> each : then.entrySet()) {
      AccountBalance later = balance(engineer, at(each.getKey(), each.getKey()));
      if (later.getEntry() == each.getValue().getEntry()) {
        compared++;
        assertThat(sums(later))
            .as("%s at %s", engineer, each.getKey())
            .isEqualTo(sums(each.getValue()));
      }
    }
    for (int pair = 0; pair < PAIRS; pair++) {
      Instant asOf = START.plus(Duration.ofMinutes(random.nextInt(60 * 24 * 40)));
      asOf = asOf.isAfter(now) ? now : asOf;
      Instant knownAt =
          asOf.plusSeconds(random.nextLong(Duration.between(asOf, now).toSeconds() + 1));
      assertThat(sums(balance(engineer, at(asOf, knownAt))))
          .as("%s at %s, known at %s", engineer, asOf, knownAt)
          .isEqualTo(replayed(entries, asOf, knownAt));
    }
    return compared;
  }

  private void call(String engineer, String hold, int held, int actual) {
    try {
      var _ =
          world
              .gateway()
              .reserve(
                  ReserveRequest.newBuilder()
                      .setEngineer(engineer)
                      .setHoldId(hold)
                      .setAmount(money("USD", Integer.toString(held)))
                      .build());
    } catch (StatusRuntimeException _) {
      // The budget is used up; that is history, too.
      return;
    }
    var _ =
        world
            .gateway()
            .settle(
                SettleRequest.newBuilder()
                    .setEngineer(engineer)
                    .setHoldId(hold)
                    .setActualAmount(money("USD", Integer.toString(actual)))
                    .build());
  }

  /** The rule, entry by entry. */
  private static Map<Book, BigInteger> replayed(
      List<LedgerEntry> entries, Instant asOf, Instant knownAt) {
    Map<Book, BigInteger> sums = new TreeMap<>();
    for (LedgerEntry entry : entries) {
      if (counts(entry, asOf, knownAt)) {
        BigInteger nanos = nanos(entry.getAmount());
        sums.merge(entry.getDebit(), nanos, BigInteger::add);
        sums.merge(entry.getCredit(), nanos.negate(), BigInteger::add);
      }
    }
    Map<Book, BigInteger> told = new TreeMap<>();
    for (Book book : TOLD) {
      BigInteger sum = sums.getOrDefault(book, BigInteger.ZERO);
      told.put(book, book == Book.BOOK_GRANTED ? sum.negate() : sum);
    }
    return told;
  }

  private static boolean counts(LedgerEntry entry, Instant asOf, Instant knownAt) {
    Instant effective = TimestampMapper.fromProto(entry.getEffectiveTime());
    Instant recorded = TimestampMapper.fromProto(entry.getRecordTime());
    if (entry.getKind() == EntryKind.ENTRY_KIND_EXPIRE
        && entry.getCauseDetail().equals("EXPIRY")
        && recorded.isAfter(knownAt)) {
      // Expiry is a rule: it counts from its instant on, booked or not.
      return !effective.isAfter(asOf);
    }
    if (!recorded.isAfter(asOf)) {
      boolean scheduled = effective.isAfter(recorded);
      return !scheduled || !effective.isAfter(asOf);
    }
    return !recorded.isAfter(knownAt) && !effective.isAfter(asOf);
  }

  private static final List<Book> TOLD =
      List.of(
          Book.BOOK_GRANTED,
          Book.BOOK_REDUCED,
          Book.BOOK_CONSUMED,
          Book.BOOK_EXPIRED,
          Book.BOOK_OVERAGE);

  private static Map<Book, BigInteger> sums(AccountBalance balance) {
    Map<Book, BigInteger> sums = new TreeMap<>();
    sums.put(Book.BOOK_GRANTED, nanos(balance.getGranted()));
    sums.put(Book.BOOK_REDUCED, nanos(balance.getReduced()));
    sums.put(Book.BOOK_CONSUMED, nanos(balance.getSettled()));
    sums.put(Book.BOOK_EXPIRED, nanos(balance.getExpired()));
    sums.put(Book.BOOK_OVERAGE, nanos(balance.getOverage()));
    return sums;
  }

  private static BigInteger nanos(Money money) {
    return BigInteger.valueOf(MoneyMapper.fromProto(money, "amount").nanos());
  }

  private AccountBalance balance(String engineer, GetBalanceRequest.Builder request) {
    return finance.getBalance(request.setEngineer(engineer).build()).getBalances(0);
  }

  private List<LedgerEntry> entries(String engineer) {
    List<LedgerEntry> all = new ArrayList<>();
    String token = "";
    do {
      var page =
          finance.listEntries(
              ListEntriesRequest.newBuilder()
                  .setEngineer(engineer)
                  .setCurrencyCode("USD")
                  .setPageSize(500)
                  .setPageToken(token)
                  .build());
      all.addAll(page.getEntriesList());
      token = page.getNextPageToken();
    } while (!token.isEmpty());
    return all;
  }

  private static GetBalanceRequest.Builder at(Instant asOf, Instant knownAt) {
    return GetBalanceRequest.newBuilder()
        .setAsOf(TimestampMapper.toProto(asOf))
        .setKnownAt(TimestampMapper.toProto(knownAt));
  }

  private static String wholeMinute(Instant time) {
    return Instant.ofEpochSecond(time.getEpochSecond() / 60 * 60).toString();
  }
}
