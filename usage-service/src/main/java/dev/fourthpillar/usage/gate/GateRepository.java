package dev.fourthpillar.usage.gate;

import jakarta.inject.Singleton;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The changes of collection gates, and the names that people have while theirs is closed. */
@Singleton
public final class GateRepository {

  List<GateChange> changes(Handle handle) {
    return handle.createQuery("select * from gate_change").map((row, _) -> change(row)).list();
  }

  void insert(Handle handle, GateChange change, Instant now) {
    handle
        .createUpdate(
            """
            insert into gate_change
              (country, version, open, since, impact_reference, impact_date,
               works_council_reference, works_council_date, recorded_at)
            values
              (:country, :version, :open, :since, :impact_reference, :impact_date,
               :works_council_reference, :works_council_date, :now)
            """)
        .bind("country", change.country())
        .bind("version", change.version())
        .bind("open", change.open())
        .bind("since", change.since())
        .bind("impact_reference", change.impact().map(GateChange.Document::reference).orElse(null))
        .bind("impact_date", change.impact().map(GateChange.Document::date).orElse(null))
        .bind(
            "works_council_reference",
            change.worksCouncil().map(GateChange.Document::reference).orElse(null))
        .bind(
            "works_council_date", change.worksCouncil().map(GateChange.Document::date).orElse(null))
        .bind("now", now)
        .execute();
  }

  long lastVersion(Handle handle, String country) {
    return handle
        .createQuery("select coalesce(max(version), 0) from gate_change where country = :country")
        .bind("country", country)
        .mapTo(Long.class)
        .one();
  }

  /** The pseudonyms of these people, made where there are none. */
  public Map<Closed, String> pseudonyms(Handle handle, Collection<Closed> wanted) {
    Map<Closed, String> pseudonyms = new HashMap<>();
    if (wanted.isEmpty()) {
      return pseudonyms;
    }
    List<Closed> sorted = wanted.stream().distinct().sorted().toList();
    // The name is drawn by chance, so that nobody can compute it from the person.
    handle
        .createUpdate(
            """
            insert into pseudonym (engineer, closed_since, pseudonym)
            select engineer, since, 'pseudonym-' || replace(gen_random_uuid()::text, '-', '')
            from unnest(:engineers, cast(:times as timestamptz[])) w (engineer, since)
            where not exists (
              select 1 from pseudonym p where p.engineer = w.engineer and p.closed_since = w.since)
            on conflict do nothing
            """)
        .bindArray("engineers", String.class, sorted.stream().map(Closed::engineer).toList())
        .bindArray("times", String.class, sorted.stream().map(c -> c.since().toString()).toList())
        .execute();
    handle
        .createQuery(
            """
            select p.engineer, p.closed_since, p.pseudonym
            from unnest(:engineers, cast(:times as timestamptz[])) w (engineer, since)
            join pseudonym p on p.engineer = w.engineer and p.closed_since = w.since
            """)
        .bindArray("engineers", String.class, sorted.stream().map(Closed::engineer).toList())
        .bindArray("times", String.class, sorted.stream().map(c -> c.since().toString()).toList())
        .map(
            (row, _) ->
                Map.entry(
                    new Closed(
                        row.getString("engineer"), row.getTimestamp("closed_since").toInstant()),
                    row.getString("pseudonym")))
        .forEach(entry -> pseudonyms.put(entry.getKey(), entry.getValue()));
    return pseudonyms;
  }

  private static GateChange change(ResultSet row) throws SQLException {
    return new GateChange(
        row.getString("country"),
        row.getLong("version"),
        row.getBoolean("open"),
        row.getTimestamp("since").toInstant(),
        document(row.getString("impact_reference"), row.getDate("impact_date")),
        document(row.getString("works_council_reference"), row.getDate("works_council_date")));
  }

  private static Optional<GateChange.Document> document(
      @Nullable String reference, @Nullable Date date) {
    if (reference == null || date == null) {
      return Optional.empty();
    }
    LocalDate day = date.toLocalDate();
    return Optional.of(new GateChange.Document(reference, day));
  }

  /** A person and the time since when the gate is closed for them. */
  public record Closed(String engineer, Instant since) implements Comparable<Closed> {
    @Override
    public int compareTo(Closed other) {
      int byEngineer = engineer.compareTo(other.engineer);
      return byEngineer == 0 ? since.compareTo(other.since) : byEngineer;
    }
  }
}
