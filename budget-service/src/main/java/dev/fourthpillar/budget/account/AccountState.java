package dev.fourthpillar.budget.account;

import dev.fourthpillar.budget.journal.Totals;
import dev.fourthpillar.budget.lot.Lot;
import dev.fourthpillar.budget.lot.LotSource;
import dev.fourthpillar.budget.lot.Minutes;
import dev.fourthpillar.budget.lot.Span;
import dev.fourthpillar.proof.Hash;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An account: its one row.
 *
 * @param entries how many the journal has
 * @param head hash of the last one
 * @param totals after it
 * @param revision rises with every change of the row
 * @param eventVersion of the last event whose versions rise by one
 * @param lastTime of the last change; time never goes back here
 * @param lots in burn order, open ones and those whose segments are not closed
 * @param uncappedTimes when there is no limit, by first minute
 * @param usage nanos without a hold, by the first minute of their segment; a segment that had any
 *     is in it, even when they add up to 0
 * @param closedUntil segments before this minute take no more usage
 * @param overage nanos of the segments since then that nobody's budget pays
 * @param uncapped nanos of them that are paid without lots
 * @param thresholds what was told of the period
 * @param openHolds their number
 * @param unpinned nanos of open holds that no lot has: without a limit, or allowed overage
 * @param terms what the plan in force says; empty: the built-in one
 */
public record AccountState(
    AccountId id,
    long entries,
    Hash head,
    Totals totals,
    long revision,
    long eventVersion,
    Instant lastTime,
    List<Lot> lots,
    List<Span> uncappedTimes,
    NavigableMap<Long, BigInteger> usage,
    long closedUntil,
    BigInteger overage,
    BigInteger uncapped,
    Thresholds thresholds,
    int openHolds,
    BigInteger unpinned,
    Optional<AccountTerms> terms) {
  public AccountState {
    lots = List.copyOf(lots);
    uncappedTimes = List.copyOf(uncappedTimes);
    usage = Collections.unmodifiableNavigableMap(new TreeMap<>(usage));
  }

  /** An account nothing has happened on. */
  public static AccountState empty(AccountId id) {
    return new AccountState(
        id,
        0,
        Hash.ZERO,
        Totals.NONE,
        0,
        0,
        Instant.EPOCH,
        List.of(),
        List.of(),
        new TreeMap<>(),
        Minutes.EVER,
        BigInteger.ZERO,
        BigInteger.ZERO,
        Thresholds.NONE,
        0,
        BigInteger.ZERO,
        Optional.empty());
  }

  /** Nanos in open holds. */
  public BigInteger held() {
    return lots.stream()
        .map(lot -> BigInteger.valueOf(lot.held()))
        .reduce(BigInteger.ZERO, BigInteger::add);
  }

  /**
   * Nanos that a new hold can take at that time: what is free in the lots that are open. Holds that
   * release by expiry must have been released before, by {@link AccountDecider}.
   */
  public BigInteger available(Instant now) {
    long minute = Minutes.of(now);
    return lots.stream()
        .filter(lot -> lot.paysAt(minute))
        .map(lot -> BigInteger.valueOf(lot.free()))
        .reduce(BigInteger.ZERO, BigInteger::add);
  }

  /** Whether there is no limit then: a hold is let through whatever is available. */
  public boolean uncappedAt(Instant now) {
    return Span.covers(uncappedTimes, Minutes.of(now));
  }

  /**
   * Nanos of what is unspent that survive an exit: the part that the terms say of the open lots
   * that entitlements gave, rounded down; after an exit what has survived. Empty where nobody says
   * anything.
   */
  public Optional<BigInteger> unspentPortable(Instant now) {
    long minute = Minutes.of(now);
    BigInteger unspent =
        lots.stream()
            .filter(lot -> lot.paysAt(minute) && lot.source() != LotSource.MANUAL)
            .map(lot -> BigInteger.valueOf(lot.free() + lot.held()))
            .reduce(BigInteger.ZERO, BigInteger::add);
    Optional<BigInteger> survived =
        lots.stream()
            .filter(lot -> lot.openAt(minute) && lot.source() == LotSource.PORTABLE)
            .map(lot -> BigInteger.valueOf(lot.free()))
            .reduce(BigInteger::add);
    if (survived.isPresent()) {
      return survived;
    }
    return terms
        .filter(said -> said.portable().isPresent())
        .map(
            said ->
                unspent
                    .multiply(BigInteger.valueOf(said.portable().getAsInt()))
                    .divide(BigInteger.valueOf(AccountTerms.WHOLE)));
  }

  /** Nanos of lots that begin later. */
  public BigInteger scheduled(Instant now) {
    long minute = Minutes.of(now);
    return lots.stream()
        .filter(lot -> lot.effective() > minute)
        .map(lot -> BigInteger.valueOf(lot.amount()))
        .reduce(BigInteger.ZERO, BigInteger::add);
  }
}
