package dev.fourthpillar.budget.person;

import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The people comp-service has told of. */
@Singleton
final class PersonRepository {

  /** Those of these people who are known. */
  List<Person> find(Handle handle, Collection<String> engineers) {
    return handle
        .createQuery(
            """
            select engineer, version, team, country, time_zone, currency, start_date, last_day
            from person
            where engineer = any (:engineers)
            """)
        .bindArray("engineers", String.class, List.copyOf(engineers))
        .map((row, _) -> person(row))
        .list();
  }

  /** Writes the person unless a later description is there; returns whether it did. */
  boolean put(Handle handle, Person person) {
    return handle
            .createUpdate(
                """
                insert into person as p
                  (engineer, version, team, country, time_zone, currency, start_date, last_day)
                values
                  (:engineer, :version, :team, :country, :zone, :currency, :first_day, :last_day)
                on conflict (engineer) do update
                set version = excluded.version, team = excluded.team, country = excluded.country,
                    time_zone = excluded.time_zone, currency = excluded.currency,
                    start_date = excluded.start_date, last_day = excluded.last_day
                where p.version < excluded.version
                """)
            .bind("engineer", person.engineer())
            .bind("version", person.version())
            .bind("team", person.team())
            .bind("country", person.country())
            .bind("zone", person.zone().getId())
            .bind("currency", person.currency())
            .bind("first_day", person.employment().firstDay())
            .bind("last_day", person.employment().lastDay().orElse(null))
            .execute()
        == 1;
  }

  /** From that time on another situation counts; the first one counts from ever. */
  void putSituation(Handle handle, String engineer, Situation situation, Instant since) {
    handle
        .createUpdate(
            """
            insert into person_since (engineer, since, country, currency)
            select :engineer,
                   case when exists (select 1 from person_since where engineer = :engineer)
                        then :since else '-infinity'::timestamptz end,
                   :country, :currency
            on conflict (engineer, since) do update
            set country = excluded.country, currency = excluded.currency
            """)
        .bind("engineer", engineer)
        .bind("since", since)
        .bind("country", situation.country())
        .bind("currency", situation.currency())
        .execute();
  }

  /** The situations of these people, each from the earliest on; who is unknown is not in it. */
  Map<String, Situations> situations(Handle handle, Collection<String> engineers) {
    Map<String, List<Situations.Since>> found = new HashMap<>();
    handle
        .createQuery(
            """
            select engineer, since = '-infinity' as ever, since, country, currency
            from person_since
            where engineer = any (:engineers)
            order by engineer, since
            """)
        .bindArray("engineers", String.class, List.copyOf(engineers))
        .map(
            (row, _) ->
                Map.entry(
                    row.getString("engineer"),
                    new Situations.Since(
                        row.getBoolean("ever")
                            ? Instant.MIN
                            : row.getTimestamp("since").toInstant(),
                        new Situation(row.getString("country"), row.getString("currency")))))
        .forEach(
            entry ->
                found
                    .computeIfAbsent(entry.getKey(), _ -> new ArrayList<>())
                    .add(entry.getValue()));
    Map<String, Situations> situations = new HashMap<>();
    found.forEach((engineer, since) -> situations.put(engineer, new Situations(since)));
    return situations;
  }

  private static Person person(ResultSet row) throws SQLException {
    return new Person(
        row.getString("engineer"),
        row.getLong("version"),
        row.getString("team"),
        row.getString("country"),
        ZoneId.of(row.getString("time_zone")),
        row.getString("currency"),
        new Employment(
            row.getObject("start_date", LocalDate.class),
            Optional.ofNullable(row.getObject("last_day", LocalDate.class))));
  }
}
