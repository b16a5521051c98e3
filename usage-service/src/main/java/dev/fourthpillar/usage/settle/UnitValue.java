package dev.fourthpillar.usage.settle;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a unit is worth, and to whom. What it charges, and what it adds to sums, follow from it
 * alone: see {@link Charge} and {@link Rollups}.
 *
 * @param revision how often it has changed, from 1
 * @param flags why it stands where it stands, and what is odd about it
 * @param claims what it says of who made it, to find it when somebody knows
 * @param standInGroup of a unit of which only lower signals speak: its group, until a counted one
 *     covers it
 * @param firstReceived when the first report of it came
 * @param window whether it is an hour of a group and a model, and not one call
 * @param rank the best of its signals, 1 being the best
 */
public record UnitValue(
    long unit,
    UnitState state,
    long revision,
    Instant eventTime,
    Party party,
    Matter matter,
    Place place,
    PricedBy pricedBy,
    Worth worth,
    Optional<Booked> booked,
    SortedSet<String> flags,
    SortedSet<String> claims,
    Optional<Long> standInGroup,
    Instant firstReceived,
    boolean window,
    int rank) {

  public UnitValue {
    flags = Collections.unmodifiableSortedSet(new TreeSet<>(flags));
    claims = Collections.unmodifiableSortedSet(new TreeSet<>(claims));
  }

  /**
   * Whose it is.
   *
   * @param subject who is shown: the engineer, or a pseudonym
   * @param payer who is charged; differs from the subject where a hold paid and the gate is closed
   * @param pseudonymous whether the subject is a pseudonym
   */
  public record Party(Optional<String> subject, Optional<String> payer, boolean pseudonymous) {
    static final Party NOBODY = new Party(Optional.empty(), Optional.empty(), false);
  }

  /**
   * What was called.
   *
   * @param model as the price book names it, else as reported
   * @param resolution how the name was found; empty when it was not
   * @param tags {@code name=value}
   */
  public record Matter(
      String provider,
      String model,
      String reportedModel,
      String resolution,
      String tool,
      String project,
      String agent,
      List<String> tags) {
    public Matter {
      tags = List.copyOf(tags);
    }

    private Matter named(Pricing pricing) {
      return new Matter(
          pricing.provider(),
          pricing.model(),
          reportedModel,
          pricing.resolution(),
          tool,
          project,
          agent,
          tags);
    }
  }

  /** Where in a session it was; each may be empty. */
  public record Place(
      String session, String turn, String agentId, String parentAgent, boolean subAgent) {}

  /**
   * What priced it, and what pricing knew of it: its evidence is dropped after a while, and it may
   * be priced anew after that.
   *
   * @param book empty while no book has a price for it
   * @param provider as reported
   */
  public record PricedBy(
      Optional<String> book,
      String provider,
      Optional<String> serviceTier,
      Optional<String> region) {}

  /**
   * What it consumed and cost.
   *
   * @param currency absent while there is no price
   * @param meters by meter code
   * @param listNanos the sum over the meters; of an estimate without quantities, the estimate
   */
  public record Worth(
      Optional<String> currency,
      SortedMap<String, MeterCost> meters,
      long listNanos,
      long employerNanos) {
    static final Worth NOTHING = new Worth(Optional.empty(), new TreeMap<>(), 0, 0);

    public Worth {
      meters = Collections.unmodifiableSortedMap(new TreeMap<>(meters));
    }
  }

  /**
   * What holds have booked for it already.
   *
   * @param hold the hold through which the difference is charged
   * @param attempt its place under that hold
   * @param quantities by meter code
   */
  public record Booked(
      String hold,
      int attempt,
      long listNanos,
      long employerNanos,
      SortedMap<String, Long> quantities) {
    public Booked {
      quantities = Collections.unmodifiableSortedMap(new TreeMap<>(quantities));
    }
  }

  /** The same, priced anew. */
  UnitValue priced(Pricing pricing, SortedSet<String> newFlags) {
    return new UnitValue(
        unit,
        state,
        revision,
        eventTime,
        party,
        matter.named(pricing),
        place,
        new PricedBy(
            pricing.book(), pricedBy.provider(), pricedBy.serviceTier(), pricedBy.region()),
        pricing.worth(),
        booked,
        newFlags,
        claims,
        standInGroup,
        firstReceived,
        window,
        rank);
  }

  UnitValue withRevision(long next) {
    return new UnitValue(
        unit,
        state,
        next,
        eventTime,
        party,
        matter,
        place,
        pricedBy,
        worth,
        booked,
        flags,
        claims,
        standInGroup,
        firstReceived,
        window,
        rank);
  }

  /** The same, no longer counted and no longer charged. */
  UnitValue ended(UnitState end) {
    return new UnitValue(
        unit,
        end,
        revision,
        eventTime,
        party,
        matter,
        place,
        pricedBy,
        worth,
        booked,
        flags,
        claims,
        Optional.empty(),
        firstReceived,
        window,
        rank);
  }
}
