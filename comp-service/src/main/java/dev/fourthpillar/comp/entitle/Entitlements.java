package dev.fourthpillar.comp.entitle;

import dev.fourthpillar.comp.failure.Checks;
import dev.fourthpillar.comp.money.Money;
import dev.fourthpillar.comp.money.Percent;
import dev.fourthpillar.comp.pack.CompensationPackage;
import dev.fourthpillar.comp.statement.BaseCurve;
import dev.fourthpillar.comp.terms.Recurrence;
import dev.fourthpillar.comp.token.Entitlement;
import dev.fourthpillar.comp.token.Portability;
import dev.fourthpillar.comp.token.TokenBudget;
import dev.fourthpillar.comp.token.Treatment;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The timeline of a person's packages as segments of entitlement. A percentage of base becomes the
 * amount it is, in the currency of the base, in every offer year of the term; after the term the
 * last year's stays. What two packages in a row grant alike is one segment: a raise that leaves the
 * budget alone is not visible here, and what is granted once is not granted again.
 */
public final class Entitlements {
  /** A timeline is one event. */
  public static final int MAX_SEGMENTS = 100;

  private static final int PORTABILITY_DECIMALS = 6;

  private Entitlements() {}

  /**
   * @param timeline by first day, which are all different
   */
  public static List<Segment> of(List<Stretch> timeline) {
    List<Piece> pieces = new ArrayList<>();
    for (int i = 0; i < timeline.size(); i++) {
      Optional<LocalDate> until =
          i + 1 < timeline.size()
              ? Optional.of(timeline.get(i + 1).from().minusDays(1))
              : Optional.empty();
      for (Piece piece : pieces(timeline.get(i), until)) {
        if (!pieces.isEmpty() && pieces.getLast().continuesAs(piece)) {
          pieces.add(pieces.removeLast().until(piece.until()));
        } else {
          pieces.add(piece);
        }
      }
    }
    return named(pieces);
  }

  /** A segment without its name. */
  private record Piece(
      LocalDate from,
      Optional<LocalDate> until,
      LocalDate contract,
      Recurrence recurrence,
      Granted granted,
      List<Portability.Row> portability) {

    Piece until(Optional<LocalDate> day) {
      return new Piece(from, day, contract, recurrence, granted, portability);
    }

    /** What is granted once belongs to its contract: another contract grants it again. */
    boolean continuesAs(Piece next) {
      return until.map(day -> day.plusDays(1).equals(next.from)).orElse(false)
          && recurrence == next.recurrence
          && granted.equals(next.granted)
          && portability.equals(next.portability)
          && (recurrence == Recurrence.ANNUAL || contract.equals(next.contract));
    }
  }

  private static List<Piece> pieces(Stretch stretch, Optional<LocalDate> until) {
    CompensationPackage pack = stretch.pack();
    if (pack.tokens().isEmpty()) {
      return List.of();
    }
    TokenBudget tokens = pack.tokens().get();
    List<Portability.Row> portability = portability(tokens, pack.start());
    return switch (tokens.entitlement()) {
      case Entitlement.FixedMoney(Money amount) ->
          List.of(whole(stretch, until, tokens, new Granted.Amount(amount), portability));
      case Entitlement.FixedQuantity quantity ->
          List.of(
              whole(stretch, until, tokens, new Granted.Quantities(quantity.lines()), portability));
      case Entitlement.PooledShare() ->
          List.of(whole(stretch, until, tokens, new Granted.Pooled(), portability));
      case Entitlement.Uncapped() ->
          List.of(whole(stretch, until, tokens, new Granted.Uncapped(), portability));
      case Entitlement.PercentOfBase(Percent percent) ->
          perYear(stretch, until, tokens, percent, portability);
    };
  }

  private static Piece whole(
      Stretch stretch,
      Optional<LocalDate> until,
      TokenBudget tokens,
      Granted granted,
      List<Portability.Row> portability) {
    return new Piece(
        stretch.from(), until, stretch.pack().start(), tokens.recurrence(), granted, portability);
  }

  private static List<Piece> perYear(
      Stretch stretch,
      Optional<LocalDate> until,
      TokenBudget tokens,
      Percent percent,
      List<Portability.Row> portability) {
    CompensationPackage pack = stretch.pack();
    int years = pack.termYears();
    BaseCurve base = BaseCurve.of(pack.base(), years);
    int first = Math.min(pack.years().payYearOf(stretch.from()), years);
    // What is granted once is a percentage of the base at that time, whatever becomes of it.
    int last = tokens.recurrence() == Recurrence.ONE_OFF ? first : years;
    List<Piece> pieces = new ArrayList<>();
    for (int year = first; year <= last; year++) {
      LocalDate from = year == first ? stretch.from() : pack.years().anniversary(year - 1);
      if (until.isPresent() && from.isAfter(until.get())) {
        break;
      }
      Optional<LocalDate> yearEnd =
          year == last
              ? Optional.empty()
              : Optional.of(pack.years().anniversary(year).minusDays(1));
      Piece piece =
          new Piece(
              from,
              earlier(yearEnd, until),
              pack.start(),
              tokens.recurrence(),
              new Granted.Amount(ofBase(base.year(year), percent)),
              portability);
      if (!pieces.isEmpty() && pieces.getLast().continuesAs(piece)) {
        pieces.add(pieces.removeLast().until(piece.until()));
      } else {
        pieces.add(piece);
      }
    }
    return pieces;
  }

  private static Money ofBase(Money base, Percent percent) {
    return Checks.under("tokens.percent", () -> base.exact().times(percent).round());
  }

  private static Optional<LocalDate> earlier(Optional<LocalDate> one, Optional<LocalDate> other) {
    if (one.isEmpty() || other.isEmpty()) {
      return one.or(() -> other);
    }
    return one.get().isBefore(other.get()) ? one : other;
  }

  /** Nothing of a tool survives an exit, whatever its terms say (convention K9). */
  private static List<Portability.Row> portability(TokenBudget tokens, LocalDate start) {
    if (tokens.treatment() == Treatment.TOOL) {
      return List.of();
    }
    return switch (tokens.portability()) {
      case Portability.None() -> List.of();
      case Portability.Fixed(Percent percent) ->
          percent.isZero() ? List.of() : List.of(new Portability.Row(start, sixDecimals(percent)));
      case Portability.Vesting vesting -> vesting.rows();
    };
  }

  private static Percent sixDecimals(Percent percent) {
    return new Percent(percent.value().setScale(PORTABILITY_DECIMALS, RoundingMode.HALF_UP));
  }

  /**
   * The first that is granted once under a contract is named by the contract, so that it stays the
   * same lot when its day is corrected; everything else by its first day.
   */
  private static List<Segment> named(List<Piece> pieces) {
    Set<LocalDate> contracts = new HashSet<>();
    List<Segment> segments = new ArrayList<>();
    for (Piece piece : pieces) {
      String id =
          switch (piece.recurrence()) {
            case ANNUAL -> "annual-" + piece.from();
            case ONE_OFF ->
                contracts.add(piece.contract())
                    ? "once-" + piece.contract()
                    : "once-" + piece.contract() + "-" + piece.from();
          };
      segments.add(
          new Segment(
              id,
              piece.from(),
              piece.until(),
              piece.recurrence(),
              piece.granted(),
              piece.portability()));
    }
    return segments;
  }
}
