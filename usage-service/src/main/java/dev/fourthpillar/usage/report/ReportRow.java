package dev.fourthpillar.usage.report;

import dev.fourthpillar.pricing.quantity.Meter;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a report says of some days, a model and a key.
 *
 * @param meters by meter code; what is absent was not said
 * @param cost absent when it does not say
 */
record ReportRow(Key key, SortedMap<String, BigInteger> meters, Optional<Cost> cost) {
  /** Longer names are in no report, and in no index. */
  static final int MAX_NAME = 256;

  ReportRow {
    meters = Collections.unmodifiableSortedMap(new TreeMap<>(meters));
  }

  /**
   * What lines are told apart by.
   *
   * @param lastDay the same day, but for reports that sum several
   * @param model empty where all are summed
   * @param key of the provider: an API key, a workspace, an address; empty where all are summed
   */
  record Key(LocalDate day, LocalDate lastDay, String provider, String model, String key) {
    Key {
      for (String name : new String[] {provider, model, key}) {
        if (name.length() > MAX_NAME) {
          throw new RowException("name", "at most " + MAX_NAME + " characters", name.length());
        }
      }
      if (lastDay.isBefore(day)) {
        throw new RowException("last day", "not before " + day, lastDay);
      }
    }
  }

  /** What it cost, in billionths of a currency. */
  record Cost(String currency, BigInteger nanos) {
    Cost {
      if (!currency.matches("[A-Z]{3}")) {
        throw new RowException("currency", "an ISO 4217 code", currency);
      }
    }
  }

  /** Both together: rows of one key are one line. */
  ReportRow plus(ReportRow other) {
    SortedMap<String, BigInteger> sums = new TreeMap<>(meters);
    other.meters.forEach((meter, count) -> sums.merge(meter, count, BigInteger::add));
    Optional<Cost> total = cost;
    if (cost.isPresent() && other.cost.isPresent()) {
      if (!cost.get().currency().equals(other.cost.get().currency())) {
        throw new RowException("currency", cost.get().currency(), other.cost.get().currency());
      }
      total =
          Optional.of(
              new Cost(cost.get().currency(), cost.get().nanos().add(other.cost.get().nanos())));
    } else if (other.cost.isPresent()) {
      total = other.cost;
    }
    return new ReportRow(key, sums, total);
  }

  static Builder of(LocalDate day, String provider, String model, String key) {
    return new Builder(new Key(day, day, provider, model, key));
  }

  static Builder of(Key key) {
    return new Builder(key);
  }

  /** Collects what a row says. */
  static final class Builder {
    private final Key key;
    private final SortedMap<String, BigInteger> meters = new TreeMap<>();
    private Optional<Cost> cost = Optional.empty();

    private Builder(Key key) {
      this.key = key;
    }

    /** Where the row says it; never negative. */
    Builder meter(Meter meter, Optional<BigInteger> count) {
      return meter(meter.code(), count);
    }

    Builder meter(String meter, Optional<BigInteger> count) {
      count.ifPresent(
          number -> {
            if (number.signum() < 0) {
              throw new RowException(meter, "0 or more", number);
            }
            meters.merge(meter, number, BigInteger::add);
          });
      return this;
    }

    Builder cost(Optional<Cost> said) {
      cost = said;
      return this;
    }

    ReportRow build() {
      if (meters.isEmpty() && cost.isEmpty()) {
        throw new RowException("row", "a quantity or an amount", "neither");
      }
      return new ReportRow(key, meters, cost);
    }
  }
}
