package dev.fourthpillar.charging.model;

import dev.fourthpillar.charging.world.Attempt;
import dev.fourthpillar.charging.world.Delivery;
import dev.fourthpillar.charging.world.HoldAccount;
import dev.fourthpillar.charging.world.RatePublished;
import dev.fourthpillar.charging.world.Worlds;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What budget-service books: holds as they end, and lines of usage once. It prices and matches
 * nothing. What an account was granted is left out, because nothing here changes it.
 */
public final class Accounts {
  private final Map<String, Long> spent = new HashMap<>();
  private final Map<String, Integer> movements = new HashMap<>();
  private final Map<String, Long> applied = new HashMap<>();
  private final Map<Attempt.HoldId, HoldAccount> holds = new HashMap<>();
  private final Map<LocalDate, BigDecimal> rates = new HashMap<>();
  private final List<Settlement> pending = new ArrayList<>();

  public void accept(Delivery delivery) {
    if (delivery instanceof HoldAccount account) {
      HoldAccount before = holds.get(account.id());
      if (before == null || before.sequence() < account.sequence()) {
        holds.put(account.id(), account);
        // A hold converts what is booked on it, whole, so that its corrections cannot drift. A
        // reserve without a rate is refused: the rate was there before the hold.
        BigDecimal rate = rates.get(Worlds.day(account.reserved()));
        long last = before == null ? 0 : inAccount(account.engineer(), booked(before), rate);
        book(account.engineer(), inAccount(account.engineer(), booked(account), rate) - last);
      }
    }
    if (delivery instanceof RatePublished published) {
      rates.put(published.day(), published.rate());
      List<Settlement> waiting = List.copyOf(pending);
      pending.clear();
      waiting.forEach(this::book);
    }
  }

  /** A line is booked when it is the next; what was applied before is not applied again. */
  public void settled(Settlement line) {
    String payer = line.change().line().payer();
    if (line.number() == applied.getOrDefault(payer, 0L) + 1) {
      applied.put(payer, line.number());
      book(line);
    }
  }

  private void book(Settlement line) {
    String payer = line.change().line().payer();
    Instant time = line.change().line().time();
    BigDecimal rate = rates.get(Worlds.day(time));
    if (rate == null && hasOtherCurrency(payer)) {
      pending.add(line);
    } else {
      book(payer, inAccount(payer, line.change().cost().list(), rate));
    }
  }

  private void book(String engineer, long amount) {
    movements.merge(engineer, 1, Integer::sum);
    spent.merge(engineer, amount, Math::addExact);
  }

  private static long inAccount(String engineer, long nanos, BigDecimal rate) {
    return hasOtherCurrency(engineer) ? converted(nanos, rate) : nanos;
  }

  public static boolean hasOtherCurrency(String engineer) {
    return engineer.equals(Worlds.BOB);
  }

  public static long converted(long nanos, BigDecimal rate) {
    return BigDecimal.valueOf(nanos)
        .multiply(rate)
        .setScale(0, RoundingMode.HALF_EVEN)
        .longValueExact();
  }

  /** At list price, in nanos of the account's currency. */
  public long spent(String engineer) {
    return spent.getOrDefault(engineer, 0L);
  }

  /** How many lines and holds have moved the account: each may have rounded by half a nano. */
  public int movements(String engineer) {
    return movements.getOrDefault(engineer, 0);
  }

  /** Lines that wait for a rate. */
  public int pending() {
    return pending.size();
  }

  public static long booked(HoldAccount account) {
    return account.bookings().stream().mapToLong(booking -> booking.booked().list()).sum();
  }
}
