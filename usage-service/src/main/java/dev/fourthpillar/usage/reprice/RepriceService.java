package dev.fourthpillar.usage.reprice;

import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.Reason;
import dev.fourthpillar.backbone.outcome.Decision;
import dev.fourthpillar.backbone.outcome.MutatingRequest;
import dev.fourthpillar.backbone.outcome.Outcomes;
import dev.fourthpillar.backbone.storage.Transactions;
import dev.fourthpillar.usage.pricebook.PriceBookService;
import dev.fourthpillar.usage.pricebook.PriceTimes;
import dev.fourthpillar.usage.reprice.Repricing.State;
import dev.fourthpillar.usage.reprice.RepricingRepository.Move;
import dev.fourthpillar.usage.settle.RepricingService;
import dev.fourthpillar.usage.settle.UnitValue;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Prices usage anew: looked at before, applied in steps of which each is one transaction, and taken
 * back by the books that priced it before. A step that is cut off was not done; the next goes on.
 */
@Singleton
public final class RepriceService {
  /** Units of one step: their locks are held no longer than a batch of usage holds its. */
  private static final int STEP_UNITS = 500;

  private final Transactions transactions;
  private final Outcomes outcomes;
  private final RepricingRepository repricings;
  private final RepricingService repricer;
  private final PriceBookService prices;
  private final InstantSource clock;

  RepriceService(
      Transactions transactions,
      Outcomes outcomes,
      RepricingRepository repricings,
      RepricingService repricer,
      PriceBookService prices,
      InstantSource clock) {
    this.transactions = transactions;
    this.outcomes = outcomes;
    this.repricings = repricings;
    this.repricer = repricer;
    this.prices = prices;
    this.clock = clock;
  }

  /**
   * What would change.
   *
   * @param book a book that is looked at as though it were activated now
   */
  RepriceTotals preview(
      Instant start, Instant end, Optional<String> book, Optional<BigDecimal> discount) {
    return transactions.run(
        handle -> {
          PriceTimes times = prices.times(handle);
          if (book.isPresent()) {
            times = times.with(prices.asThoughActive(handle, book.get(), discount));
          }
          PriceTimes then = times;
          RepriceTotals totals = new RepriceTotals();
          repricings.priced(
              handle,
              start,
              end,
              value ->
                  totals.add(
                      value, RepricingService.reprice(value, unit -> then.at(unit.eventTime()))));
          return totals;
        });
  }

  Repricing reprice(MutatingRequest request, Repricing.Order order) {
    return transactions
        .run(
            handle ->
                outcomes.once(
                    handle, request, RepriceMapper.CODEC, () -> begin(handle, request, order)))
        .orThrow();
  }

  private Decision<Repricing> begin(Handle handle, MutatingRequest request, Repricing.Order order) {
    Repricing begun =
        Repricing.begun(
            request.requestId(),
            order,
            clock.instant(),
            repricings.range(handle, order.start(), order.end()));
    if (repricings.insert(handle, begun)) {
      return Decision.accepted(begun);
    }
    // By another caller, or so long ago that the outcome is forgotten.
    return Decision.refused(
        Failure.of(
                Reason.ID_REUSED,
                "re-pricing '%s' is there (expected: a new request_id)".formatted(begun.id()))
            .with("id", begun.id())
            .with("different_fields", "request_id"));
  }

  Repricing revert(MutatingRequest request, String id) {
    return transactions
        .run(
            handle -> outcomes.once(handle, request, RepriceMapper.CODEC, () -> revert(handle, id)))
        .orThrow();
  }

  private Decision<Repricing> revert(Handle handle, String id) {
    Optional<Repricing> there = repricings.lock(handle, id);
    if (there.isEmpty()) {
      return Decision.refused(missing(id));
    }
    return switch (there.get().state()) {
      case APPLYING ->
          Decision.refused(
              Failure.of(
                      Reason.NOT_RECORDED,
                      "re-pricing '%s' is still being applied (expected: APPLIED)".formatted(id))
                  .with("missing", "the end of the re-pricing")
                  .with("field", "repricing_id"));
      case APPLIED -> {
        Repricing reverting = there.get().reverting();
        repricings.update(handle, reverting);
        yield Decision.accepted(reverting);
      }
      case REVERTING, REVERTED -> Decision.accepted(there.get());
    };
  }

  Repricing get(String id) {
    return transactions
        .run(handle -> repricings.find(handle, id))
        .orElseThrow(() -> missing(id).asException());
  }

  private static Failure missing(String id) {
    return Failure.notFound("repricing", id, "re-pricing '%s' does not exist".formatted(id));
  }

  /** Does the next step of the oldest re-pricing. Whether there was one. */
  boolean step() {
    return transactions.run(
        handle -> {
          Optional<Repricing> next = repricings.underWay(handle);
          next.ifPresent(
              repricing ->
                  repricings.update(
                      handle,
                      repricing.state() == State.APPLYING
                          ? apply(handle, repricing)
                          : takeBack(handle, repricing)));
          return next.isPresent();
        });
  }

  private Repricing apply(Handle handle, Repricing repricing) {
    List<Long> units = repricings.priced(handle, repricing, STEP_UNITS);
    if (units.isEmpty()) {
      return repricing.moved(State.APPLIED, repricing.atUnit(), NOTHING);
    }
    PriceTimes times = prices.times(handle);
    List<RepricingService.Outcome> outcomes =
        repricer.reprice(handle, units, value -> times.at(value.eventTime()), now());
    List<Move> moves = new ArrayList<>();
    for (RepricingService.Outcome outcome : outcomes) {
      if (outcome instanceof RepricingService.Outcome.Moved(UnitValue before, UnitValue after)) {
        moves.add(
            new Move(
                before.unit(),
                before.pricedBy().book().orElseThrow(),
                after.pricedBy().book().orElseThrow()));
      }
    }
    repricings.moved(handle, repricing.id(), moves);
    return repricing.moved(State.APPLYING, units.getLast(), step(outcomes, 1));
  }

  private Repricing takeBack(Handle handle, Repricing repricing) {
    List<Move> moves = repricings.moves(handle, repricing, STEP_UNITS);
    if (moves.isEmpty()) {
      return repricing.moved(State.REVERTED, repricing.atUnit(), NOTHING);
    }
    PriceTimes times = prices.times(handle);
    Map<Long, Move> byUnit = moves.stream().collect(Collectors.toMap(Move::unit, move -> move));
    List<RepricingService.Outcome> outcomes =
        repricer.reprice(
            handle,
            byUnit.keySet(),
            value -> {
              Move move = byUnit.get(value.unit());
              // What something else has moved since stays.
              return value.pricedBy().book().equals(Optional.of(move.after()))
                  ? times.book(move.before())
                  : value.pricedBy().book().flatMap(times::book);
            },
            now());
    return repricing.moved(State.REVERTING, moves.getLast().unit(), step(outcomes, -1));
  }

  private static final Repricing.Step NOTHING =
      new Repricing.Step(0, 0, Optional.empty(), BigInteger.ZERO, BigInteger.ZERO);

  /**
   * @param sign of the count of changed units: 1 there, -1 back
   */
  private static Repricing.Step step(List<RepricingService.Outcome> outcomes, int sign) {
    long changed = 0;
    long lost = 0;
    Optional<String> currency = Optional.empty();
    BigInteger list = BigInteger.ZERO;
    BigInteger employer = BigInteger.ZERO;
    for (RepricingService.Outcome outcome : outcomes) {
      switch (outcome) {
        case RepricingService.Outcome.Moved(UnitValue before, UnitValue after) -> {
          long listMove = after.worth().listNanos() - before.worth().listNanos();
          long employerMove = after.worth().employerNanos() - before.worth().employerNanos();
          if (listMove != 0 || employerMove != 0) {
            changed += sign;
          }
          list = list.add(BigInteger.valueOf(listMove));
          employer = employer.add(BigInteger.valueOf(employerMove));
          currency = after.worth().currency();
        }
        case RepricingService.Outcome.NoLongerPriced() -> lost += sign > 0 ? 1 : 0;
        case RepricingService.Outcome.Same() -> {}
      }
    }
    return new Repricing.Step(changed, lost, currency, list, employer);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
