package dev.fourthpillar.usage.query;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One group of an answer.
 *
 * @param key the values it is told apart by: the span's begin in seconds since 1970 where there are
 *     spans, then the dimensions in the order asked for
 * @param people how many people it is about
 * @param currency empty where nothing has a price
 */
record UsageSums(
    List<String> key,
    long people,
    String currency,
    Money total,
    SortedMap<String, BigInteger> quantities,
    Map<String, Money> byState) {

  UsageSums {
    key = List.copyOf(key);
    quantities = new TreeMap<>(quantities);
    byState = new TreeMap<>(byState);
  }

  /** Calls and what they cost, in nanos. */
  record Money(long units, BigInteger list, BigInteger employer) {
    static final Money ZERO = new Money(0, BigInteger.ZERO, BigInteger.ZERO);

    Money plus(Money other) {
      return new Money(units + other.units, list.add(other.list), employer.add(other.employer));
    }
  }
}
