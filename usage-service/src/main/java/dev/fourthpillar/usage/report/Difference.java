package dev.fourthpillar.usage.report;

import java.math.BigInteger;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a report says and what was counted.
 *
 * @param engineer whose the line's key is
 * @param counted in the meters of the report
 * @param countedCost where the report says what it cost, and it was counted in the same currency
 */
public record Difference(
    ReportFormat format,
    ReportRow said,
    Optional<String> engineer,
    SortedMap<String, BigInteger> counted,
    Optional<ReportRow.Cost> countedCost) {

  private static final String CACHE_WRITE = "cache_write";

  /** Whether both agree in everything the report says. */
  boolean equal() {
    return said.meters().equals(counted)
        && said.cost().map(ReportRow.Cost::nanos).equals(countedCost.map(ReportRow.Cost::nanos));
  }

  /**
   * What was counted, in the meters that the report knows: one that does not tell how long a cache
   * is kept is compared with all of them.
   */
  static SortedMap<String, BigInteger> inMetersOf(
      ReportRow said, SortedMap<String, ReportRepository.Counted> counted) {
    SortedMap<String, BigInteger> same = new TreeMap<>();
    said.meters().keySet().forEach(meter -> same.put(meter, BigInteger.ZERO));
    counted.forEach(
        (meter, count) -> {
          boolean unlabelled = meter.startsWith(CACHE_WRITE + ".") && !same.containsKey(meter);
          String as = unlabelled ? CACHE_WRITE : meter;
          same.computeIfPresent(as, (_, sum) -> sum.add(count.quantity()));
        });
    return same;
  }
}
