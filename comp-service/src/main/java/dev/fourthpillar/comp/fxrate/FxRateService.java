package dev.fourthpillar.comp.fxrate;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.Reason;
import dev.fourthpillar.backbone.failure.Violation;
import dev.fourthpillar.backbone.outcome.AnswerCodec;
import dev.fourthpillar.backbone.outcome.Decision;
import dev.fourthpillar.backbone.outcome.MutatingRequest;
import dev.fourthpillar.backbone.outcome.Outcomes;
import dev.fourthpillar.backbone.storage.Transactions;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** What can be done with exchange rates. Owns the transactions. */
@Singleton
final class FxRateService {
  private final Transactions transactions;
  private final Outcomes outcomes;
  private final FxRateRepository rates;
  private final InstantSource clock;
  private final AnswerCodec<List<FxRate>> codec;

  FxRateService(
      Transactions transactions, Outcomes outcomes, FxRateRepository rates, InstantSource clock) {
    this.transactions = transactions;
    this.outcomes = outcomes;
    this.rates = rates;
    this.clock = clock;
    this.codec = FxRateMapper.ANSWER_CODEC;
  }

  List<FxRate> put(MutatingRequest request, List<Quoted> quotes) {
    return transactions
        .run(handle -> outcomes.once(handle, request, codec, () -> put(handle, quotes)))
        .orThrow();
  }

  private Decision<List<FxRate>> put(Handle handle, List<Quoted> quotes) {
    LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    List<Violation> early = notYet(quotes, today);
    if (!early.isEmpty()) {
      return Decision.refused(Failure.invalidFields(early));
    }
    SortedMap<Pair, Long> versions =
        rates.lock(
            handle,
            quotes.stream().map(Quoted::pair).collect(Collectors.toCollection(TreeSet::new)));
    Map<Quoted.Slot, FxRate> latest = rates.latest(handle, quotes);
    Instant now = rates.now(handle);
    List<FxRate> answer = new ArrayList<>();
    List<FxRate> fresh = new ArrayList<>();
    for (Quoted quoted : quotes) {
      FxRate known = latest.get(quoted.slot());
      // What is known already is no news: nobody has to convert anything again.
      if (known != null && known.quoted().equals(quoted)) {
        answer.add(known);
      } else {
        long version = versions.merge(quoted.pair(), 1L, Long::sum);
        FxRate rate = new FxRate(UuidCreator.getTimeOrderedEpoch(), quoted, version, now);
        answer.add(rate);
        fresh.add(rate);
      }
    }
    rates.add(handle, fresh, versions, fresh.stream().map(FxRateMapper::published).toList());
    return Decision.accepted(answer);
  }

  private static List<Violation> notYet(List<Quoted> quotes, LocalDate today) {
    List<Violation> violations = new ArrayList<>();
    for (int i = 0; i < quotes.size(); i++) {
      if (quotes.get(i).date().isAfter(today)) {
        violations.add(
            new Violation(
                "rates[" + i + "].date",
                "must not be after today, %s UTC; it is %s".formatted(today, quotes.get(i).date()),
                "fx.date"));
      }
    }
    return violations;
  }

  Found get(Pair pair, LocalDate date) {
    return transactions.run(
        handle ->
            rates
                .latest(handle, pair, date)
                .map(rate -> new Found(rate, false))
                .or(
                    () ->
                        rates
                            .latest(handle, pair.opposite(), date)
                            .map(rate -> new Found(rate, true)))
                .orElseThrow(() -> missing(pair, date)));
  }

  private static RuntimeException missing(Pair pair, LocalDate date) {
    return Failure.of(
            Reason.FX_RATE_MISSING,
            "no rate %s to %s for %s or the %d days before"
                .formatted(pair.source(), pair.target(), date, FxRateRepository.MAX_AGE_DAYS))
        .with("source_currency", pair.source().getCurrencyCode())
        .with("target_currency", pair.target().getCurrencyCode())
        .with("date", date.toString())
        .asException();
  }
}
