package dev.fourthpillar.budget.account;

import dev.fourthpillar.budget.journal.Cause;
import dev.fourthpillar.budget.journal.Entry;
import dev.fourthpillar.budget.journal.EntryKind;
import dev.fourthpillar.budget.journal.LotPart;
import dev.fourthpillar.budget.journal.Totals;
import dev.fourthpillar.budget.lot.Fold;
import dev.fourthpillar.budget.lot.Lot;
import dev.fourthpillar.budget.lot.LotSource;
import dev.fourthpillar.budget.lot.Minutes;
import dev.fourthpillar.budget.lot.Rollover;
import dev.fourthpillar.budget.lot.Span;
import dev.fourthpillar.proof.Hash;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The books of one account while a command is decided: lots and usage are changed freely, and then
 * {@link #post} writes as movements by how much that changed what is settled, expired, granted and
 * overage. So the journal cannot say anything else than the lots do.
 */
final class AccountBooks {
  /** Usage changes a segment until so long after its end. */
  static final Duration OPEN_AFTER_END = Duration.ofDays(35);

  private final AccountId id;
  private final Instant now;
  private final long minute;
  private final List<Lot> lots;
  private final NavigableMap<Long, BigInteger> usage;
  private List<Span> uncappedTimes;
  private final List<Entry> entries = new ArrayList<>();
  private final List<MinuteUsage> history = new ArrayList<>();
  private final UsageHistory past;

  /** The minute as of which lots have ended or not: now, but for what is booked late. */
  private long asOf;

  private long closedUntil;
  private BigInteger overage;
  private BigInteger uncapped;
  private Totals totals;
  private long number;
  private Hash head;

  /**
   * How the last posting moved what is paid: {@code own} by lots or without a limit, {@code
   * overage} by nobody's.
   */
  record Posted(BigInteger own, BigInteger overage) {}

  AccountBooks(AccountState state, Instant now, UsageHistory past) {
    this.id = state.id();
    this.now = now;
    this.past = past;
    this.minute = Minutes.of(now);
    this.asOf = minute;
    this.lots = new ArrayList<>(state.lots());
    this.usage = new TreeMap<>(state.usage());
    this.closedUntil = state.closedUntil();
    this.overage = state.overage();
    this.uncapped = state.uncapped();
    this.uncappedTimes = state.uncappedTimes();
    this.totals = state.totals();
    this.number = state.entries();
    this.head = state.head();
  }

  /**
   * Books what time has done: expiry and rollover, once for each lot, and segments that are closed.
   *
   * @param posted is told how rollovers moved what is paid
   */
  void roll(Consumer<Posted> posted) {
    Optional<Lot> ended = firstEnded();
    while (ended.isPresent()) {
      Lot lot = ended.get();
      if (goesOn(lot)) {
        asOf = lot.expiry();
        Posted moved = goOn(lot);
        asOf = minute;
        posted.accept(moved);
      } else {
        expire(lot);
      }
      ended = firstEnded();
    }
    closeSegments();
    lots.removeIf(lot -> lot.expiry() <= closedUntil && lot.held() == 0);
    uncappedTimes = uncappedTimes.stream().filter(span -> span.until() > closedUntil).toList();
  }

  private Posted goOn(Lot lot) {
    String about = "expire/" + lot.id();
    Instant end = Minutes.start(lot.expiry());
    return lot.endsWithEmployment()
        ? leave(snapshot(), Cause.schedule(about, "LEFT"), end)
        : post(snapshot(), Cause.schedule(about, "ROLLOVER"), false, end);
  }

  /** The first lot whose end is over and whose rest is not booked. */
  private Optional<Lot> firstEnded() {
    return lots.stream()
        .filter(lot -> lot.expiredAt(minute) && lot.free() > 0)
        .min(Comparator.comparingLong(Lot::expiry).thenComparing(Lot::id));
  }

  private boolean goesOn(Lot lot) {
    return lot.carry().rollover().filter(r -> r.until() > lot.expiry()).isPresent()
        && lot.expiry() > closedUntil;
  }

  private void expire(Lot lot) {
    long rest = lot.free();
    replace(lot.id(), old -> old.withUse(old.folded(), old.expired() + rest));
    write(
        Flow.EXPIRE,
        EntryKind.EXPIRE,
        BigInteger.valueOf(rest),
        Cause.schedule("expire/" + lot.id(), "EXPIRY"),
        List.of(new LotPart(lot.id(), rest)),
        Minutes.start(lot.expiry()));
  }

  /** What usage of closed segments took stays taken, whatever comes. */
  private void closeSegments() {
    long horizon = minute - OPEN_AFTER_END.toMinutes();
    Long firstEnd = starts().higher(closedUntil);
    if (firstEnd == null || firstEnd > horizon) {
      return;
    }
    for (Fold.Segment segment : fold().segments()) {
      if (segment.end() > horizon) {
        break;
      }
      for (int i = 0; i < lots.size(); i++) {
        long taken = segment.taken().get(i);
        if (taken > 0) {
          lots.set(i, lots.get(i).withFixedUse(taken));
        }
      }
      overage = overage.subtract(segment.overage());
      uncapped = uncapped.subtract(segment.uncapped());
      usage.remove(segment.start());
      closedUntil = segment.end();
    }
  }

  long minute() {
    return minute;
  }

  List<Lot> lots() {
    return lots;
  }

  Optional<Lot> lot(String lotId) {
    return lots.stream().filter(lot -> lot.id().equals(lotId)).findFirst();
  }

  void replace(String lotId, UnaryOperator<Lot> change) {
    lots.replaceAll(lot -> lot.id().equals(lotId) ? change.apply(lot) : lot);
  }

  long closedUntil() {
    return closedUntil;
  }

  /** Nanos that a hold can take now. */
  BigInteger available() {
    return lots.stream()
        .filter(lot -> lot.paysAt(minute))
        .map(lot -> BigInteger.valueOf(lot.free()))
        .reduce(BigInteger.ZERO, BigInteger::add);
  }

  /** The lots that are open now. */
  List<Lot> openLots() {
    return lots.stream().filter(lot -> lot.paysAt(minute)).toList();
  }

  /**
   * The first minute of the period: of the open plan lot that began last, without one of the open
   * lot that began first; empty where no lot is open.
   */
  OptionalLong periodStart() {
    OptionalLong planned =
        openLots().stream()
            .filter(lot -> lot.source() == LotSource.PLAN_PERIOD)
            .mapToLong(Lot::effective)
            .max();
    return planned.isPresent() ? planned : openLots().stream().mapToLong(Lot::effective).min();
  }

  /** Nanos of the period's budget: of all open lots. */
  BigInteger budget() {
    return openLots().stream()
        .map(lot -> BigInteger.valueOf(lot.amount()))
        .reduce(BigInteger.ZERO, BigInteger::add);
  }

  /** Nanos of overage in segments that begin at this minute or later. */
  BigInteger overageFrom(long start) {
    return fold().overageFrom(start);
  }

  /** When the next scheduled lot begins. */
  Optional<Instant> nextGrowth() {
    return lots.stream()
        .filter(lot -> lot.effective() > minute && lot.free() > 0)
        .map(Lot::effective)
        .min(Comparator.naturalOrder())
        .map(Minutes::start);
  }

  /** Adds a lot; segments it cuts get the usage of their part from the history. */
  void add(Lot lot) {
    recut(() -> lots.add(lot));
  }

  /**
   * Lets a lot end elsewhere, and what goes on of it begin there; segments it cuts or joins get
   * their usage from the history.
   */
  void end(Lot lot, long expiry, Optional<Rollover> rollover) {
    recut(
        () -> {
          replace(lot.id(), old -> old.withExpiry(expiry, rollover));
          replace(lot.continuationId(), other -> moved(other, expiry, rollover));
        });
  }

  /** What goes on begins at the end, unless something of it is pinned since before. */
  private static Lot moved(Lot other, long start, Optional<Rollover> rollover) {
    long end = rollover.map(Rollover::until).orElse(other.expiry());
    long begins = other.pinned() == 0 ? start : other.effective();
    return begins < end ? other.withExpiry(end, Optional.empty()).withEffective(begins) : other;
  }

  /** Nanos of a lot that nobody has pinned, there or in the lot as which it goes on. */
  long unpinned(Lot lot) {
    return lot.amount() - lot.pinned() - goneOn(lot);
  }

  /** Nanos that a lot has to have at least: settled, held, or so where it goes on. */
  long needed(Lot lot) {
    return lot.settled() + lot.held() + goneOn(lot);
  }

  /** Nanos that have gone on and cannot come back. */
  private long goneOn(Lot lot) {
    return lot.expiry() > closedUntil
        ? lot(lot.continuationId()).map(Lot::pinned).orElse(0L)
        : lot.carry().out();
  }

  List<Span> uncappedTimes() {
    return uncappedTimes;
  }

  /** Whether there is no limit now. */
  boolean uncappedNow() {
    return Span.covers(uncappedTimes, minute);
  }

  /** Says when there is no limit; segments it cuts or joins get their usage from the history. */
  void uncap(List<Span> times) {
    recut(() -> uncappedTimes = times);
  }

  private void recut(Runnable change) {
    NavigableSet<Long> before = starts();
    change.run();
    lots.sort(Lot.BURN_ORDER);
    NavigableSet<Long> after = starts();
    NavigableMap<Long, BigInteger> old = new TreeMap<>(usage);
    usage.clear();
    for (long start : after) {
      long end = end(after, start);
      if (before.contains(start) && end(before, start) == end) {
        if (old.containsKey(start)) {
          usage.put(start, old.get(start));
        }
      } else if (old.keySet().stream().anyMatch(o -> o < end && end(before, o) > start)) {
        usage.put(start, past.between(start, end));
      }
    }
  }

  private static long end(NavigableSet<Long> starts, long start) {
    Long next = starts.higher(start);
    return next == null ? Minutes.NEVER : next;
  }

  /**
   * Counts usage without a hold in its minute's segment; in the current one when that is closed.
   *
   * @return whether it was too late for its own
   */
  boolean use(long usageMinute, long nanos) {
    boolean late = usageMinute < closedUntil;
    if (nanos != 0) {
      long counted = late ? minute : usageMinute;
      Long start = starts().floor(counted);
      usage.merge(start == null ? closedUntil : start, BigInteger.valueOf(nanos), BigInteger::add);
      history.add(new MinuteUsage(counted, nanos));
    }
    return late;
  }

  /** The lots as they are, to post against. */
  Map<String, Lot> snapshot() {
    Map<String, Lot> before = new HashMap<>();
    lots.forEach(lot -> before.put(lot.id(), lot));
    return before;
  }

  /** As {@link #post}, of a lot that is revoked: what is taken back is a REVOKE. */
  Posted revoke(Map<String, Lot> before, Cause cause, Instant effective) {
    return post(
        before, cause, flow -> flow == Flow.REDUCE ? EntryKind.REVOKE : flow.kind(true), effective);
  }

  /** As {@link #post}, at the end of an employment: what would expire is a REVOKE. */
  Posted leave(Map<String, Lot> before, Cause cause, Instant effective) {
    return post(
        before, cause, flow -> flow == Flow.EXPIRE ? EntryKind.REVOKE : flow.kind(true), effective);
  }

  /** Folds anew, and writes by how much things are other than they were at the snapshot. */
  Posted post(Map<String, Lot> before, Cause cause, boolean correction, Instant effective) {
    return post(before, cause, flow -> flow.kind(correction), effective);
  }

  private Posted post(
      Map<String, Lot> before, Cause cause, Function<Flow, EntryKind> kinds, Instant effective) {
    BigInteger overageBefore = overage;
    BigInteger uncappedBefore = uncapped;
    refold();
    Map<Flow, List<LotPart>> flows = new EnumMap<>(Flow.class);
    BigInteger own = BigInteger.ZERO;
    for (Lot lot : lots) {
      Lot was = before.getOrDefault(lot.id(), lot.withNothing());
      own = own.add(BigInteger.valueOf(lot.settled() - was.settled()));
      flow(flows, was, lot);
    }
    for (Map.Entry<Flow, List<LotPart>> flow : flows.entrySet()) {
      BigInteger sum =
          flow.getValue().stream()
              .map(part -> BigInteger.valueOf(part.nanos()))
              .reduce(BigInteger.ZERO, BigInteger::add);
      write(flow.getKey(), kinds.apply(flow.getKey()), sum, cause, flow.getValue(), effective);
    }
    BigInteger moreOverage = overage.subtract(overageBefore);
    BigInteger moreUncapped = uncapped.subtract(uncappedBefore);
    withoutLots(Flow.OVERAGE, Flow.UNDO_OVERAGE, moreOverage, cause, kinds, effective);
    withoutLots(Flow.SETTLE_UNCAPPED, Flow.UNDO_UNCAPPED, moreUncapped, cause, kinds, effective);
    return new Posted(own.add(moreUncapped), moreOverage);
  }

  private void withoutLots(
      Flow flow,
      Flow undo,
      BigInteger more,
      Cause cause,
      Function<Flow, EntryKind> kinds,
      Instant effective) {
    if (more.signum() != 0) {
      Flow way = more.signum() > 0 ? flow : undo;
      write(way, kinds.apply(way), more.abs(), cause, List.of(), effective);
    }
  }

  private void refold() {
    // What goes on of a lot that has not ended after all, or has no rollover any more.
    lots.replaceAll(
        lot ->
            lot(lot.carry().from()).filter(before -> !before.expiredAt(asOf)).isPresent()
                ? lot.withCarriedIn(0)
                : lot);
    Fold fold = fold();
    while (beginsContinuation(fold)) {
      fold = fold();
    }
    Map<Integer, Long> carried = fold.carried();
    carried.forEach(
        (ended, nanos) ->
            replace(lots.get(ended).continuationId(), lot -> lot.withCarriedIn(nanos)));
    for (int i = 0; i < lots.size(); i++) {
      Lot lot = lots.get(i);
      long folded = fold.taken(i);
      long rest = lot.amount() - lot.pinned() - folded;
      boolean frozen = lot.expiry() <= closedUntil;
      long out = frozen ? lot.carry().out() : carried.getOrDefault(i, 0L);
      lots.set(
          i,
          lot.expiredAt(asOf) ? lot.withEnd(folded, out, rest - out) : lot.withEnd(folded, 0, 0));
    }
    overage = fold.overage();
    uncapped = fold.uncapped();
  }

  /** Makes the lot as which one goes on that has ended, if one has to be there and is not. */
  private boolean beginsContinuation(Fold fold) {
    for (int i = 0; i < lots.size(); i++) {
      Lot lot = lots.get(i);
      if (lot.expiredAt(asOf) && goesOn(lot) && lot(lot.continuationId()).isEmpty()) {
        Rollover rollover = lot.carry().rollover().orElseThrow();
        long unused = lot.amount() - lot.pinned() - fold.taken(i) - lot.carry().lapsed();
        if (Math.min(unused, rollover.cap(lot.amount(), unused)) > 0) {
          add(lot.continuation(rollover));
          return true;
        }
      }
    }
    return false;
  }

  private Fold fold() {
    return Fold.of(lots, uncappedTimes, usage, closedUntil, asOf);
  }

  private NavigableSet<Long> starts() {
    return Fold.starts(lots, uncappedTimes, closedUntil);
  }

  /** Where the change of one lot comes from and goes to. */
  private static void flow(Map<Flow, List<LotPart>> flows, Lot was, Lot is) {
    long in = is.carry().in() - was.carry().in();
    long out = is.carry().out() - was.carry().out();
    long granted = is.amount() - was.amount() - in;
    long settled = is.settled() - was.settled();
    long expired = is.expired() - was.expired();
    Flow more = is.source().isContinuation() ? Flow.UNDO_REDUCE : Flow.GRANT;
    part(flows, granted > 0 ? more : Flow.REDUCE, is, Math.abs(granted));
    part(flows, out > 0 ? Flow.CARRY_OUT : Flow.UNDO_CARRY_OUT, is, Math.abs(out));
    part(flows, in > 0 ? Flow.CARRY_IN : Flow.UNDO_CARRY_IN, is, Math.abs(in));
    long late = Math.min(Math.max(settled, 0), Math.max(-expired, 0));
    part(flows, Flow.SETTLE_EXPIRED, is, late);
    long lost = Math.min(Math.max(-settled, 0), Math.max(expired, 0));
    part(flows, Flow.GIVE_BACK_EXPIRED, is, lost);
    long settledRest = settled - late + lost;
    part(flows, settledRest > 0 ? Flow.SETTLE : Flow.GIVE_BACK, is, Math.abs(settledRest));
    long expiredRest = expired + late - lost;
    part(flows, expiredRest > 0 ? Flow.EXPIRE : Flow.REVIVE, is, Math.abs(expiredRest));
  }

  private static void part(Map<Flow, List<LotPart>> flows, Flow flow, Lot lot, long nanos) {
    if (nanos > 0) {
      flows.computeIfAbsent(flow, _ -> new ArrayList<>()).add(new LotPart(lot.id(), nanos));
    }
  }

  private void write(
      Flow flow,
      EntryKind kind,
      BigInteger amount,
      Cause cause,
      List<LotPart> parts,
      Instant effective) {
    totals = totals.after(flow.debit(), flow.credit(), amount);
    number++;
    Entry entry =
        new Entry(
                id.toString(),
                number,
                kind,
                flow.debit(),
                flow.credit(),
                amount,
                cause,
                parts,
                totals,
                effective,
                now,
                Hash.ZERO)
            .after(head);
    head = entry.hash();
    entries.add(entry);
  }

  long number() {
    return number;
  }

  List<Entry> entries() {
    return entries;
  }

  List<MinuteUsage> history() {
    return history;
  }

  /** The account as the books have it now. */
  AccountState state(
      long revision,
      long eventVersion,
      Thresholds thresholds,
      int openHolds,
      BigInteger unpinned,
      Optional<AccountTerms> terms) {
    return new AccountState(
        id,
        number,
        head,
        totals,
        revision,
        eventVersion,
        now,
        lots,
        uncappedTimes,
        usage,
        closedUntil,
        overage,
        uncapped,
        thresholds,
        openHolds,
        unpinned,
        terms);
  }
}
