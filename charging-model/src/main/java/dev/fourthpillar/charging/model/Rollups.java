package dev.fourthpillar.charging.model;

import dev.fourthpillar.charging.world.Cost;
import dev.fourthpillar.charging.world.Tokens;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Sums of units, moved by differences and never counted anew. */
final class Rollups {
  private final Map<Key, Sums> sums = new HashMap<>();

  record Key(String payer, State state, String model) {
    static Key of(Value value) {
      return new Key(value.payer().orElse(""), value.state(), value.model());
    }
  }

  record Sums(long units, Cost worth, Tokens tokens) {
    static final Sums NONE = new Sums(0, Cost.NOTHING, Tokens.NONE);

    static Sums of(Value value) {
      return new Sums(1, value.worth(), value.tokens());
    }

    Sums plus(Sums other) {
      return new Sums(units + other.units, worth.plus(other.worth), tokens.plus(other.tokens));
    }

    Sums negated() {
      return new Sums(-units, worth.negated(), tokens.negated());
    }
  }

  void move(Optional<Value> before, Optional<Value> after) {
    before.ifPresent(value -> add(value, Sums.of(value).negated()));
    after.ifPresent(value -> add(value, Sums.of(value)));
  }

  private void add(Value value, Sums change) {
    if (value.state().counts()) {
      Sums sum = sums.merge(Key.of(value), change, Sums::plus);
      if (sum.equals(Sums.NONE)) {
        sums.remove(Key.of(value));
      }
    }
  }

  Map<Key, Sums> sums() {
    return Map.copyOf(sums);
  }
}
