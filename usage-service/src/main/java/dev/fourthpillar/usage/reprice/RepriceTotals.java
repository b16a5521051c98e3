package dev.fourthpillar.usage.reprice;

import dev.fourthpillar.usage.settle.RepricingService;
import dev.fourthpillar.usage.settle.UnitValue;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a re-pricing would change, in total, by engineer and by model. Filled unit by unit. */
final class RepriceTotals {
  /** Groups that are told of each kind; the rest is in the total. */
  static final int MAX_GROUPS = 500;

  private final Sums total = new Sums();
  private final Map<String, Sums> engineers = new HashMap<>();
  private final Map<Model, Sums> models = new HashMap<>();
  private Optional<String> currency = Optional.empty();
  private long noLongerPriced;

  /** A model, as the book names it that priced it before. */
  record Model(String provider, String model) {}

  /** One group. */
  record Group<K>(K key, Sums sums) {}

  /** Before and after. */
  static final class Sums {
    private long units;
    private long changed;
    private BigInteger listBefore = BigInteger.ZERO;
    private BigInteger listAfter = BigInteger.ZERO;
    private BigInteger employerBefore = BigInteger.ZERO;
    private BigInteger employerAfter = BigInteger.ZERO;

    private void add(UnitValue before, UnitValue after) {
      units++;
      if (before.worth().listNanos() != after.worth().listNanos()
          || before.worth().employerNanos() != after.worth().employerNanos()) {
        changed++;
      }
      listBefore = listBefore.add(BigInteger.valueOf(before.worth().listNanos()));
      listAfter = listAfter.add(BigInteger.valueOf(after.worth().listNanos()));
      employerBefore = employerBefore.add(BigInteger.valueOf(before.worth().employerNanos()));
      employerAfter = employerAfter.add(BigInteger.valueOf(after.worth().employerNanos()));
    }

    private BigInteger moved() {
      return listAfter.subtract(listBefore).abs();
    }

    long units() {
      return units;
    }

    long changed() {
      return changed;
    }

    BigInteger listBefore() {
      return listBefore;
    }

    BigInteger listAfter() {
      return listAfter;
    }

    BigInteger employerBefore() {
      return employerBefore;
    }

    BigInteger employerAfter() {
      return employerAfter;
    }
  }

  void add(UnitValue value, RepricingService.Outcome outcome) {
    currency = currency.or(value.worth()::currency);
    UnitValue after =
        switch (outcome) {
          case RepricingService.Outcome.Moved(_, UnitValue moved) -> moved;
          case RepricingService.Outcome.Same() -> value;
          case RepricingService.Outcome.NoLongerPriced() -> {
            noLongerPriced++;
            yield value;
          }
        };
    total.add(value, after);
    engineers
        .computeIfAbsent(value.party().subject().orElse(""), _ -> new Sums())
        .add(value, after);
    models
        .computeIfAbsent(
            new Model(value.matter().provider(), value.matter().model()), _ -> new Sums())
        .add(value, after);
  }

  Optional<String> currency() {
    return currency;
  }

  Sums total() {
    return total;
  }

  long noLongerPriced() {
    return noLongerPriced;
  }

  int engineerCount() {
    return engineers.size();
  }

  int modelCount() {
    return models.size();
  }

  List<Group<String>> engineers() {
    return most(engineers, Comparator.naturalOrder());
  }

  List<Group<Model>> models() {
    return most(models, Comparator.comparing(Model::provider).thenComparing(Model::model));
  }

  private static <K> List<Group<K>> most(Map<K, Sums> groups, Comparator<K> byKey) {
    Comparator<Group<K>> byMove = Comparator.comparing(group -> group.sums().moved());
    return groups.entrySet().stream()
        .map(entry -> new Group<>(entry.getKey(), entry.getValue()))
        .sorted(byMove.reversed().thenComparing(Group::key, byKey))
        .limit(MAX_GROUPS)
        .toList();
  }
}
