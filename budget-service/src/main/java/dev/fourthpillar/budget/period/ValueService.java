package dev.fourthpillar.budget.period;

import com.google.common.hash.Hashing;
import dev.fourthpillar.backbone.money.Amount;
import dev.fourthpillar.budget.fx.FxService;
import dev.fourthpillar.budget.period.Entitlement.Content;
import dev.fourthpillar.budget.period.Entitlement.Line;
import dev.fourthpillar.budget.period.Entitlement.Segment;
import dev.fourthpillar.budget.person.Person;
import dev.fourthpillar.budget.person.Situations;
import dev.fourthpillar.budget.pricing.PriceService;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * What segments are worth in an account's currency. Money of a currency the person has an account
 * in is what it is. Anything else is valued once, when its period is opened, and keeps that value
 * there.
 */
@Singleton
final class ValueService {
  private final PeriodRepository rows;
  private final PriceService prices;
  private final FxService rates;

  ValueService(PeriodRepository rows, PriceService prices, FxService rates) {
    this.rows = rows;
    this.prices = prices;
    this.rates = rates;
  }

  /** Empty while a price or a rate is missing. */
  Optional<Amount> value(
      Handle handle,
      Person person,
      Situations situations,
      Segment segment,
      Period period,
      Instant now) {
    return switch (segment.content()) {
      case Content.Money(Amount amount) when situations.currencies().contains(amount.currency()) ->
          Optional.of(amount);
      case Content.Money(Amount amount) ->
          once(
              handle,
              person,
              segment,
              period,
              () -> converted(handle, amount, Optional.empty(), person, period, now));
      case Content.Quantity(List<Line> lines) ->
          once(
              handle,
              person,
              segment,
              period,
              () ->
                  Valuation.listed(lines, prices.table(handle), period, now)
                      .flatMap(
                          listed ->
                              converted(
                                  handle,
                                  listed.amount(),
                                  Optional.of(listed.bookId()),
                                  person,
                                  period,
                                  now)));
      case Content.OfPlan _, Content.Pooled _, Content.Uncapped _ -> Optional.empty();
    };
  }

  private Optional<Worth> converted(
      Handle handle,
      Amount amount,
      Optional<String> book,
      Person person,
      Period period,
      Instant now) {
    LocalDate from = utcDay(period.start());
    LocalDate until = utcDay(now.isBefore(period.end()) ? now : period.end());
    return rates
        .firstOn(handle, amount.currency(), person.currency(), from, until)
        .map(rate -> new Worth(rate.convert(amount), book, rate.quoteId()));
  }

  private Optional<Amount> once(
      Handle handle,
      Person person,
      Segment segment,
      Period period,
      java.util.function.Supplier<Optional<Worth>> valued) {
    byte[] content = digest(segment.content());
    Optional<Amount> known =
        rows.value(handle, person.engineer(), segment.id(), period.firstDay(), content);
    if (known.isPresent()) {
      return known;
    }
    Optional<Worth> worth = valued.get();
    worth.ifPresent(
        w -> rows.putValue(handle, person.engineer(), segment.id(), period.firstDay(), content, w));
    return worth.map(Worth::amount);
  }

  /** Tells one content from another; spelled out, because it is kept. */
  private static byte[] digest(Content content) {
    StringBuilder text = new StringBuilder();
    switch (content) {
      case Content.Money(Amount amount) ->
          text.append("money ").append(amount.currency()).append(' ').append(amount.nanos());
      case Content.Quantity(List<Line> lines) -> {
        for (Line line : lines) {
          text.append(line.provider()).append('\n').append(line.model()).append('\n');
          for (Map.Entry<?, Long> count : line.quantities().counts().entrySet()) {
            text.append(count.getKey()).append(' ').append(count.getValue()).append('\n');
          }
        }
      }
      case Content.OfPlan _, Content.Pooled _, Content.Uncapped _ -> text.append("nothing");
    }
    return Hashing.sha256().hashString(text, StandardCharsets.UTF_8).asBytes();
  }

  private static LocalDate utcDay(Instant time) {
    return time.atZone(ZoneOffset.UTC).toLocalDate();
  }
}
