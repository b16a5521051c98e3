package dev.fourthpillar.comp.entitle;

import dev.fourthpillar.comp.money.Money;
import dev.fourthpillar.comp.token.Entitlement.QuantityLine;
import java.util.List;

/**
 * What a segment grants: per year, or once. Neither a percentage nor what it is a percentage of.
 */
public sealed interface Granted {

  /** A budget at list price. */
  record Amount(Money money) implements Granted {}

  /** Quantities of tokens. */
  record Quantities(List<QuantityLine> lines) implements Granted {
    public Quantities {
      lines = List.copyOf(lines);
    }
  }

  /** A place at a common pool. */
  record Pooled() implements Granted {}

  /** No limit. */
  record Uncapped() implements Granted {}
}
