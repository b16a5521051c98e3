package dev.fourthpillar.comp.fxrate;

import dev.fourthpillar.backbone.feed.FeedWriter;
import dev.fourthpillar.backbone.feed.NewEvent;
import dev.fourthpillar.comp.fx.FxQuote;
import dev.fourthpillar.comp.fx.FxTable;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Exchange rates. */
@Singleton
public final class FxRateRepository {
  /** An older quote converts nothing. */
  static final int MAX_AGE_DAYS = 7;

  private static final String COLUMNS =
      "r.fx_rate_id, r.source, r.target, r.version, r.day, r.publisher, r.rate, r.recorded_at";

  private final FeedWriter feed;

  FxRateRepository(FeedWriter feed) {
    this.feed = feed;
  }

  Instant now(Handle handle) {
    return handle.createQuery("select clock_timestamp()").mapTo(Instant.class).one();
  }

  /** The versions of the pairs, which are locked until the transaction ends, in their order. */
  SortedMap<Pair, Long> lock(Handle handle, SortedSet<Pair> pairs) {
    PreparedBatch batch =
        handle.prepareBatch(
            """
            insert into fx_pair (source, target, version) values (:source, :target, 0)
            on conflict (source, target) do nothing
            """);
    for (Pair pair : pairs) {
      batch
          .bind("source", pair.source().getCurrencyCode())
          .bind("target", pair.target().getCurrencyCode())
          .add();
    }
    batch.execute();
    SortedMap<Pair, Long> versions = new TreeMap<>();
    handle
        .createQuery(
            """
            select p.source, p.target, p.version
            from fx_pair p
            join unnest(:sources, :targets) as wanted (source, target)
              on wanted.source = p.source and wanted.target = p.target
            order by p.source, p.target
            for update of p
            """)
        .bindArray("sources", String.class, codes(pairs, Pair::source))
        .bindArray("targets", String.class, codes(pairs, Pair::target))
        .map((row, _) -> Map.entry(pair(row), row.getLong("version")))
        .forEach(entry -> versions.put(entry.getKey(), entry.getValue()));
    return versions;
  }

  /** What was said last for the same pair, day and publisher. */
  Map<Quoted.Slot, FxRate> latest(Handle handle, Collection<Quoted> quotes) {
    Map<Quoted.Slot, FxRate> latest = new HashMap<>();
    handle
        .createQuery(
            """
            select distinct on (r.source, r.target, r.day, r.publisher) <columns>
            from fx_rate r
            join unnest(:sources, :targets, cast(:days as date[]), :publishers)
                as wanted (source, target, day, publisher)
              on wanted.source = r.source and wanted.target = r.target
                and wanted.day = r.day and wanted.publisher = r.publisher
            order by r.source, r.target, r.day, r.publisher, r.version desc
            """)
        .define("columns", COLUMNS)
        .bindArray("sources", String.class, codes(quotes, Quoted::source))
        .bindArray("targets", String.class, codes(quotes, Quoted::target))
        .bindArray(
            "days", String.class, quotes.stream().map(quote -> quote.date().toString()).toList())
        .bindArray("publishers", String.class, quotes.stream().map(Quoted::publisher).toList())
        .map((row, _) -> rate(row))
        .forEach(rate -> latest.put(rate.quoted().slot(), rate));
    return latest;
  }

  /** Writes the quotes, their pairs' versions, and the events that tell of them. */
  void add(Handle handle, List<FxRate> rates, Map<Pair, Long> versions, List<NewEvent> events) {
    if (rates.isEmpty()) {
      return;
    }
    PreparedBatch batch =
        handle.prepareBatch(
            """
            insert into fx_rate
              (fx_rate_id, source, target, version, day, publisher, rate, recorded_at)
            values (:id, :source, :target, :version, :day, :publisher, :rate, :recorded_at)
            """);
    for (FxRate rate : rates) {
      Quoted quoted = rate.quoted();
      batch
          .bind("id", rate.id())
          .bind("source", quoted.source().getCurrencyCode())
          .bind("target", quoted.target().getCurrencyCode())
          .bind("version", rate.version())
          .bind("day", quoted.date())
          .bind("publisher", quoted.publisher())
          .bind("rate", quoted.rate())
          .bind("recorded_at", rate.recordedAt())
          .add();
    }
    batch.execute();
    PreparedBatch pairs =
        handle.prepareBatch(
            "update fx_pair set version = :version where source = :source and target = :target");
    versions.forEach(
        (pair, version) ->
            pairs
                .bind("source", pair.source().getCurrencyCode())
                .bind("target", pair.target().getCurrencyCode())
                .bind("version", version)
                .add());
    pairs.execute();
    feed.append(handle, events);
  }

  /** The quote of that direction that counts on that day. */
  Optional<FxRate> latest(Handle handle, Pair pair, LocalDate date) {
    return handle
        .createQuery(
            """
            select <columns>
            from fx_rate r
            where r.source = :source and r.target = :target and r.day between :oldest and :day
            order by r.day desc, r.version desc
            limit 1
            """)
        .define("columns", COLUMNS)
        .bind("source", pair.source().getCurrencyCode())
        .bind("target", pair.target().getCurrencyCode())
        .bind("oldest", date.minusDays(MAX_AGE_DAYS))
        .bind("day", date)
        .map((row, _) -> rate(row))
        .findOne();
  }

  /**
   * The quotes that count on that day between the currency and any other, in both directions: at
   * most two for each currency there is.
   */
  public FxTable table(Handle handle, LocalDate asOf, Currency currency) {
    return new FxTable(
        handle
            .createQuery(
                """
                select distinct on (r.source, r.target) <columns>
                from fx_rate r
                where (r.source = :currency or r.target = :currency)
                  and r.day between :oldest and :day
                order by r.source, r.target, r.day desc, r.version desc
                """)
            .define("columns", COLUMNS)
            .bind("currency", currency.getCurrencyCode())
            .bind("oldest", asOf.minusDays(MAX_AGE_DAYS))
            .bind("day", asOf)
            .map((row, _) -> quote(rate(row)))
            .list());
  }

  private static FxQuote quote(FxRate rate) {
    Quoted quoted = rate.quoted();
    return new FxQuote(
        rate.id().toString(),
        quoted.source(),
        quoted.target(),
        quoted.rate(),
        quoted.date(),
        quoted.publisher());
  }

  private static <T> List<String> codes(Collection<T> of, Function<T, Currency> currency) {
    return of.stream().map(each -> currency.apply(each).getCurrencyCode()).toList();
  }

  private static Pair pair(ResultSet row) throws SQLException {
    return new Pair(
        Currency.getInstance(row.getString("source")),
        Currency.getInstance(row.getString("target")));
  }

  private static FxRate rate(ResultSet row) throws SQLException {
    Pair pair = pair(row);
    return new FxRate(
        row.getObject("fx_rate_id", UUID.class),
        new Quoted(
            pair.source(),
            pair.target(),
            row.getBigDecimal("rate"),
            row.getObject("day", LocalDate.class),
            row.getString("publisher")),
        row.getLong("version"),
        row.getTimestamp("recorded_at").toInstant());
  }
}
