package dev.fourthpillar.usage.settle;

import dev.fourthpillar.usage.due.DueRepository;
import dev.fourthpillar.usage.pricebook.BookPrices;
import dev.fourthpillar.usage.store.UnitRepository;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * Prices units anew, from what their values keep: their evidence may be gone. What no book prices
 * any more keeps its price.
 */
@Singleton
public final class RepricingService {
  private final UnitRepository units;
  private final ValueRepository values;
  private final SettlementRepository settlements;
  private final RollupRepository rollups;
  private final DueRepository due;

  RepricingService(
      UnitRepository units,
      ValueRepository values,
      SettlementRepository settlements,
      RollupRepository rollups,
      DueRepository due) {
    this.units = units;
    this.values = values;
    this.settlements = settlements;
    this.rollups = rollups;
    this.due = due;
  }

  /** What a unit costs with another book. */
  public sealed interface Outcome {
    /** It costs something else, or the same by another book. */
    record Moved(UnitValue before, UnitValue after) implements Outcome {}

    /** It has no price to change, or the book is the one it was priced with. */
    record Same() implements Outcome {}

    /** The book has no price for it. */
    record NoLongerPriced() implements Outcome {}
  }

  /**
   * What changes.
   *
   * @param book for a unit; empty where none is, which leaves it as it is
   */
  public static Outcome reprice(UnitValue value, Function<UnitValue, Optional<BookPrices>> book) {
    if (!value.state().counts() || value.pricedBy().book().isEmpty()) {
      return new Outcome.Same();
    }
    Optional<BookPrices> other = book.apply(value);
    if (other.map(BookPrices::bookId).equals(value.pricedBy().book())) {
      return new Outcome.Same();
    }
    Pricing pricing = Pricing.of(Priceable.of(value), other);
    if (!pricing.priced()) {
      return new Outcome.NoLongerPriced();
    }
    TreeSet<String> flags = new TreeSet<>(value.flags());
    flags.removeIf(Pricing::isFlag);
    flags.addAll(pricing.flags());
    return new Outcome.Moved(value, value.priced(pricing, flags));
  }

  /** What became of each of these units, in the order of their ids; writes what moved. */
  public List<Outcome> reprice(
      Handle handle,
      Collection<Long> ids,
      Function<UnitValue, Optional<BookPrices>> book,
      Instant now) {
    units.lock(handle, ids);
    due.read(handle);
    List<Outcome> outcomes = new ArrayList<>();
    List<UnitValue> written = new ArrayList<>();
    List<Settlement> charged = new ArrayList<>();
    Map<Rollups.Key, Rollups.Sums> moves = new HashMap<>();
    Map<Long, UnitValue> found = values.find(handle, ids);
    for (long id : new TreeSet<>(found.keySet())) {
      Outcome outcome = reprice(found.get(id), book);
      outcomes.add(outcome);
      if (outcome instanceof Outcome.Moved(UnitValue before, UnitValue after)) {
        UnitValue revised = after.withRevision(before.revision() + 1);
        written.add(revised);
        charged.addAll(Settlement.between(before, revised, Cause.REPRICED));
        Rollups.move(moves, Optional.of(before), revised);
      }
    }
    values.put(handle, written);
    settlements.append(handle, charged, now);
    rollups.move(handle, moves);
    return outcomes;
  }
}
