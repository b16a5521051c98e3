package dev.fourthpillar.budget.lot;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Which lots pay for the usage that no hold paid for. The boundaries of the lots cut time into
 * segments; in the order of time each segment's usage is taken from the lots that are open in it,
 * in burn order, as far as holds leave room. What no lot has room for is uncapped where there is no
 * limit, and else overage.
 *
 * <p>Where a lot has ended that goes on as another, what is left of it then is the other's, within
 * its caps. What is pinned in the other is kept out of the usage that the first one may pay: it is
 * spent already.
 *
 * <p>It is a function of lots, spans, pins and sums by segment alone. So whatever order usage,
 * corrections and grants came in, the result is the same.
 *
 * @param segments in order of time
 * @param carried nanos that go on of lots that have continuations which can still change, by the
 *     number of the lot
 */
public record Fold(List<Segment> segments, Map<Integer, Long> carried) {
  /**
   * @param start its first minute
   * @param end the first minute after it
   * @param taken nanos by lot, in the order of the lots
   * @param uncapped nanos no lot paid for, where there is no limit; below 0 while corrections are
   *     here and what they correct is not
   * @param overage the same where there is one
   */
  public record Segment(
      long start, long end, List<Long> taken, BigInteger uncapped, BigInteger overage) {
    public Segment {
      taken = List.copyOf(taken);
    }
  }

  public Fold {
    segments = List.copyOf(segments);
    carried = Map.copyOf(carried);
  }

  /**
   * @param lots in burn order
   * @param uncapped when there is no limit
   * @param usage nanos by the first minute of their segment
   * @param closedUntil the first minute that counts
   * @param asOf lots that have ended by this minute have gone on
   */
  public static Fold of(
      List<Lot> lots,
      List<Span> uncapped,
      NavigableMap<Long, BigInteger> usage,
      long closedUntil,
      long asOf) {
    long[] room = lots.stream().mapToLong(Lot::capacity).toArray();
    Map<Integer, Integer> continuations = continuations(lots, closedUntil, asOf);
    continuations.forEach(
        (lot, other) -> {
          room[lot] = Math.max(0, room[lot] - lots.get(other).pinned());
          room[other] = 0;
        });
    Map<Integer, Long> carried = new HashMap<>();
    List<Segment> segments = new ArrayList<>();
    Long start = closedUntil;
    NavigableSet<Long> starts = starts(lots, uncapped, closedUntil);
    while (start != null) {
      Long next = starts.higher(start);
      long end = next == null ? Minutes.NEVER : next;
      carryOn(lots, room, continuations, start, carried);
      boolean limited = !Span.covers(uncapped, start);
      segments.add(
          segment(lots, room, usage.getOrDefault(start, BigInteger.ZERO), start, end, limited));
      start = next;
    }
    return new Fold(segments, carried);
  }

  /** By the number of a lot, that of its continuation, unless the lot's last segment is closed. */
  private static Map<Integer, Integer> continuations(List<Lot> lots, long closedUntil, long asOf) {
    Map<Integer, Integer> continuations = new HashMap<>();
    for (int i = 0; i < lots.size(); i++) {
      String from = lots.get(i).carry().from();
      for (int j = 0; !from.isEmpty() && j < lots.size(); j++) {
        Lot lot = lots.get(j);
        if (lot.id().equals(from) && lot.expiry() > closedUntil && lot.expiredAt(asOf)) {
          continuations.put(j, i);
        }
      }
    }
    return continuations;
  }

  /** What lots that have ended by this minute leave is in their continuations from now on. */
  private static void carryOn(
      List<Lot> lots,
      long[] room,
      Map<Integer, Integer> continuations,
      long minute,
      Map<Integer, Long> carried) {
    continuations.forEach(
        (ended, continuation) -> {
          Lot lot = lots.get(ended);
          Lot other = lots.get(continuation);
          if (lot.expiry() <= minute && !carried.containsKey(ended)) {
            long unused = Math.max(0, room[ended] - lot.carry().lapsed()) + other.pinned();
            long cap = lot.carry().rollover().map(r -> r.cap(lot.amount(), unused)).orElse(0L);
            long on = Math.max(other.pinned(), Math.min(cap, unused));
            carried.put(ended, on);
            room[continuation] =
                Math.max(0, other.amount() - other.carry().in() + on - other.pinned());
          }
        });
  }

  /** The first minutes of all segments. */
  public static NavigableSet<Long> starts(List<Lot> lots, List<Span> uncapped, long closedUntil) {
    NavigableSet<Long> starts = new TreeSet<>();
    starts.add(closedUntil);
    lots.forEach(lot -> cut(starts, lot.effective(), lot.expiry(), closedUntil));
    uncapped.forEach(span -> cut(starts, span.from(), span.until(), closedUntil));
    return starts;
  }

  private static void cut(NavigableSet<Long> starts, long from, long until, long closedUntil) {
    if (from > closedUntil) {
      starts.add(from);
    }
    if (until > closedUntil && until != Minutes.NEVER) {
      starts.add(until);
    }
  }

  private static Segment segment(
      List<Lot> lots, long[] room, BigInteger usage, long start, long end, boolean limited) {
    List<Long> taken = new ArrayList<>(lots.size());
    BigInteger left = usage;
    for (int i = 0; i < room.length; i++) {
      long take = 0;
      if (left.signum() > 0 && room[i] > 0 && lots.get(i).paysAt(start)) {
        take = left.min(BigInteger.valueOf(room[i])).longValueExact();
        room[i] -= take;
        left = left.subtract(BigInteger.valueOf(take));
      }
      taken.add(take);
    }
    return limited
        ? new Segment(start, end, taken, BigInteger.ZERO, left)
        : new Segment(start, end, taken, left, BigInteger.ZERO);
  }

  /** Nanos that one lot pays, over all segments. */
  public long taken(int lot) {
    return segments.stream().mapToLong(segment -> segment.taken().get(lot)).sum();
  }

  /** Nanos that no lot pays where there is no limit, over all segments. */
  public BigInteger uncapped() {
    return segments.stream().map(Segment::uncapped).reduce(BigInteger.ZERO, BigInteger::add);
  }

  /** Nanos of overage, over all segments that begin at this minute or later. */
  public BigInteger overageFrom(long minute) {
    return segments.stream()
        .filter(segment -> segment.start() >= minute)
        .map(Segment::overage)
        .reduce(BigInteger.ZERO, BigInteger::add);
  }

  /** Nanos of overage, over all segments. */
  public BigInteger overage() {
    return overageFrom(Minutes.EVER);
  }
}
