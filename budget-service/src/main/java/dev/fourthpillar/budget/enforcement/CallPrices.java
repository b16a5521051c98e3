package dev.fourthpillar.budget.enforcement;

import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.FailureException;
import dev.fourthpillar.backbone.failure.Reason;
import dev.fourthpillar.backbone.money.Amount;
import dev.fourthpillar.budget.charge.Cost;
import dev.fourthpillar.budget.fx.Conversion;
import dev.fourthpillar.budget.plan.Plan.PriceSide;
import dev.fourthpillar.budget.pricing.PriceService;
import dev.fourthpillar.budget.pricing.Prices;
import dev.fourthpillar.pricing.cost.AmountOutOfRangeException;
import dev.fourthpillar.pricing.cost.PriceResult;
import dev.fourthpillar.pricing.cost.TwoSidedPricer;
import dev.fourthpillar.pricing.cost.UnpricedReason;
import dev.fourthpillar.pricing.naming.Resolution;
import dev.fourthpillar.pricing.quantity.QuantityOutOfRangeException;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalLong;

/** What calls and amounts cost an account, in its currency. */
@Singleton
final class CallPrices {
  private final PriceService prices;
  private final FactsService facts;

  CallPrices(PriceService prices, FactsService facts) {
    this.prices = prices;
    this.facts = facts;
  }

  /** What an account of that currency is charged with for a call of the engineer's. */
  Priced price(Known engineer, Call call, String currency, Instant time) {
    Optional<Prices> book = prices.table().at(time);
    if (book.isEmpty()) {
      return new Priced.Unknown(unpriced(call));
    }
    try {
      TwoSidedPricer.BothSides sides = book.get().pricer().price(call.toPrice());
      OptionalLong list = total(sides.list());
      if (list.isEmpty()) {
        return new Priced.Unknown(missing(call, sides.list()));
      }
      // Own rates may lack a meter that the list has: then the employer pays the list price for it.
      long employer = total(sides.employer()).orElse(list.getAsLong());
      String priced = book.get().currency();
      return converted(
          new Amount(priced, list.getAsLong()),
          new Amount(priced, employer),
          currency,
          engineer.priceSide(time),
          time,
          book.get().bookId(),
          model(sides.list()));
    } catch (AmountOutOfRangeException | QuantityOutOfRangeException e) {
      return new Priced.Unknown(
          Failure.of(Reason.AMOUNT_OUT_OF_RANGE, "call: " + e.getMessage())
              .with("field", "call")
              .with("max_units", "9223372036.854775807"));
    } catch (FailureException e) {
      return new Priced.Unknown(e.failure());
    }
  }

  /**
   * An amount that the caller names. At list price it is what it is in the price book's currency.
   */
  Priced amount(Amount amount, String currency, Instant time) {
    try {
      Amount listed =
          prices
              .table()
              .at(time)
              .flatMap(book -> facts.conversion(amount.currency(), book.currency(), day(time)))
              .map(conversion -> conversion.convert(amount))
              .orElse(amount);
      Optional<Conversion> conversion = facts.conversion(amount.currency(), currency, day(time));
      if (conversion.isEmpty()) {
        return new Priced.Unknown(rateMissing(amount.currency(), currency, day(time)));
      }
      long nanos = conversion.get().convert(amount).nanos();
      return new Priced.At(
          new Cost(
              nanos,
              listed,
              listed,
              nanos,
              conversion.get().quoteId().orElse(""),
              OptionalLong.empty()),
          "",
          "");
    } catch (FailureException e) {
      return new Priced.Unknown(e.failure());
    }
  }

  private Priced converted(
      Amount list,
      Amount employer,
      String currency,
      PriceSide side,
      Instant time,
      String bookId,
      String model) {
    Optional<Conversion> conversion = facts.conversion(list.currency(), currency, day(time));
    return conversion.isEmpty()
        ? new Priced.Unknown(rateMissing(list.currency(), currency, day(time)))
        : new Priced.At(
            Cost.charged(
                side,
                list,
                employer,
                conversion.get().convert(list).nanos(),
                conversion.get().convert(employer).nanos(),
                conversion.get().quoteId().orElse("")),
            bookId,
            model);
  }

  private static String model(PriceResult result) {
    return result.resolution() instanceof Resolution.Resolved resolved
        ? resolved.key().provider() + "/" + resolved.key().model()
        : "";
  }

  /** What list prices are in; empty before the first price book. */
  Optional<String> currency(Instant time) {
    return prices.table().at(time).map(Prices::currency);
  }

  private static OptionalLong total(PriceResult result) {
    return switch (result) {
      case PriceResult.Priced priced -> OptionalLong.of(priced.totalNanos());
      case PriceResult.Free _ -> OptionalLong.of(0);
      case PriceResult.Unpriced _ -> OptionalLong.empty();
    };
  }

  private static Failure missing(Call call, PriceResult result) {
    Failure failure = unpriced(call);
    return result
                instanceof
                PriceResult.Unpriced(var _, var _, UnpricedReason reason, var meters, var _, var _)
            && reason == UnpricedReason.MISSING_PRICE
            && !meters.isEmpty()
        ? failure.with("meter", meters.getFirst().code())
        : failure;
  }

  private static Failure unpriced(Call call) {
    return Failure.of(
            Reason.MODEL_UNPRICED,
            "no price for model '%s' of provider '%s'".formatted(call.model(), call.provider()))
        .with("provider", call.provider())
        .with("model", call.model());
  }

  static Failure rateMissing(String source, String target, LocalDate day) {
    return Failure.of(
            Reason.FX_RATE_MISSING,
            "no rate %s to %s for %s or the 7 days before".formatted(source, target, day))
        .with("source_currency", source)
        .with("target_currency", target)
        .with("date", day.toString());
  }

  private static LocalDate day(Instant time) {
    return time.atZone(ZoneOffset.UTC).toLocalDate();
  }
}
