package dev.fourthpillar.budget.lot;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Which lots pay for the usage that no hold paid for. The boundaries of the lots cut time into
 * segments; in the order of time each segment's usage is taken from the lots that are open in it,
 * in burn order, as far as holds leave room. What no lot has room for is overage.
 *
 * <p>It is a function of lots, pins and sums by segment alone. So whatever order usage, corrections
 * and grants came in, the result is the same.
 *
 * @param segments in order of time
 */
public record Fold(List<Segment> segments) {
  /**
   * @param start its first minute
   * @param end the first minute after it
   * @param taken nanos by lot, in the order of the lots
   * @param overage nanos no lot paid for; below 0 while corrections are here and what they correct
   *     is not
   */
  public record Segment(long start, long end, List<Long> taken, BigInteger overage) {
    public Segment {
      taken = List.copyOf(taken);
    }
  }

  public Fold {
    segments = List.copyOf(segments);
  }

  /**
   * @param lots in burn order
   * @param usage nanos by the first minute of their segment
   * @param closedUntil the first minute that counts
   */
  public static Fold of(List<Lot> lots, NavigableMap<Long, BigInteger> usage, long closedUntil) {
    long[] room = lots.stream().mapToLong(Lot::capacity).toArray();
    List<Segment> segments = new ArrayList<>();
    Long start = closedUntil;
    NavigableSet<Long> starts = starts(lots, closedUntil);
    while (start != null) {
      Long next = starts.higher(start);
      long end = next == null ? Minutes.NEVER : next;
      segments.add(segment(lots, room, usage.getOrDefault(start, BigInteger.ZERO), start, end));
      start = next;
    }
    return new Fold(segments);
  }

  /** The first minutes of all segments. */
  public static NavigableSet<Long> starts(List<Lot> lots, long closedUntil) {
    NavigableSet<Long> starts = new TreeSet<>();
    starts.add(closedUntil);
    for (Lot lot : lots) {
      if (lot.effective() > closedUntil) {
        starts.add(lot.effective());
      }
      if (lot.expiry() > closedUntil && lot.expiry() != Minutes.NEVER) {
        starts.add(lot.expiry());
      }
    }
    return starts;
  }

  private static Segment segment(
      List<Lot> lots, long[] room, BigInteger usage, long start, long end) {
    List<Long> taken = new ArrayList<>(lots.size());
    BigInteger left = usage;
    for (int i = 0; i < room.length; i++) {
      long take = 0;
      if (left.signum() > 0 && room[i] > 0 && lots.get(i).openAt(start)) {
        take = left.min(BigInteger.valueOf(room[i])).longValueExact();
        room[i] -= take;
        left = left.subtract(BigInteger.valueOf(take));
      }
      taken.add(take);
    }
    return new Segment(start, end, taken, left);
  }

  /** Nanos that one lot pays, over all segments. */
  public long taken(int lot) {
    return segments.stream().mapToLong(segment -> segment.taken().get(lot)).sum();
  }

  /** Nanos that no lot pays, over all segments that begin at this minute or later. */
  public BigInteger overageFrom(long minute) {
    return segments.stream()
        .filter(segment -> segment.start() >= minute)
        .map(Segment::overage)
        .reduce(BigInteger.ZERO, BigInteger::add);
  }

  /** Nanos that no lot pays, over all segments. */
  public BigInteger overage() {
    return overageFrom(Minutes.EVER);
  }
}
