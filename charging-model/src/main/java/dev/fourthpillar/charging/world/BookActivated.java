package dev.fourthpillar.charging.world;

import java.util.Map;

/** A price book that holds for every call of the world; what was priced before stays as it was. */
public record BookActivated(Map<String, Price> prices) implements Delivery {
  public BookActivated {
    prices = Map.copyOf(prices);
  }
}
