package dev.fourthpillar.usage.identity;

import dev.fourthpillar.backbone.paging.PageRequest;
import dev.fourthpillar.usage.evidence.IdentityClaim;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/** People, their countries over time, and whose identity is whose. */
@Singleton
public final class PersonRepository {

  private static final String UNION =
      """
      select kind, value, engineer, timestamptz '1970-01-01 00:00:00Z' as since, true as from_people
      from person_identity
      union all
      select kind, value, engineer, since, false from identity_mapping
      """;

  /**
   * Who is who, as far as these claims need.
   *
   * @param engineers other engineers that are asked for
   */
  public People people(
      Handle handle, Collection<IdentityClaim> claims, Collection<String> engineers) {
    Set<Identity> identities = new HashSet<>();
    Set<String> named = new HashSet<>(engineers);
    for (IdentityClaim claim : claims) {
      Identity.of(claim).ifPresentOrElse(identities::add, () -> named.add(claim.value()));
    }
    List<Mapping> mappings = new ArrayList<>();
    if (!identities.isEmpty()) {
      List<Identity> asked = List.copyOf(identities);
      mappings =
          handle
              .createQuery(
                  """
                  select m.* from unnest(:kinds, :values) a (kind, value)
                  join (<union>) m on m.kind = a.kind and m.value = a.value
                  """)
              .define("union", UNION)
              .bindArray("kinds", String.class, asked.stream().map(i -> i.kind().name()).toList())
              .bindArray("values", String.class, asked.stream().map(Identity::value).toList())
              .map((row, _) -> mapping(row))
              .list();
    }
    mappings.forEach(mapping -> mapping.engineer().ifPresent(named::add));
    return new People(countries(handle, named), mappings);
  }

  private static Map<String, NavigableMap<Instant, String>> countries(
      Handle handle, Collection<String> engineers) {
    Map<String, NavigableMap<Instant, String>> countries = new HashMap<>();
    if (!engineers.isEmpty()) {
      handle
          .createQuery(
              "select engineer, since, country from person_country where engineer = any(:engineers)")
          .bindArray("engineers", String.class, engineers)
          .map(
              (row, _) ->
                  countries
                      .computeIfAbsent(row.getString("engineer"), _ -> new TreeMap<>())
                      .put(row.getTimestamp("since").toInstant(), row.getString("country")))
          .list();
    }
    return countries;
  }

  boolean exists(Handle handle, String engineer) {
    return handle
        .createQuery("select exists (select 1 from person where engineer = :engineer)")
        .bind("engineer", engineer)
        .mapTo(Boolean.class)
        .one();
  }

  /** The version that is known; 0 for nobody. Locked until the transaction ends. */
  long version(Handle handle, String engineer) {
    return handle
        .createQuery("select version from person where engineer = :engineer for update")
        .bind("engineer", engineer)
        .mapTo(Long.class)
        .findOne()
        .orElse(0L);
  }

  Optional<String> country(Handle handle, String engineer) {
    return handle
        .createQuery(
            """
            select country from person_country where engineer = :engineer
            order by since desc limit 1
            """)
        .bind("engineer", engineer)
        .mapTo(String.class)
        .findOne();
  }

  Set<Identity> identities(Handle handle, String engineer) {
    return handle
        .createQuery("select kind, value from person_identity where engineer = :engineer")
        .bind("engineer", engineer)
        .map((row, _) -> identity(row))
        .set();
  }

  /**
   * Keeps a person.
   *
   * @param countrySince when a new country was told of; empty when it is the one that is known
   */
  void put(Handle handle, Person person, Optional<Instant> countrySince) {
    handle
        .createUpdate(
            """
            insert into person (engineer, version, team, manager, time_zone)
            values (:engineer, :version, :team, :manager, :time_zone)
            on conflict (engineer) do update
            set version = excluded.version, team = excluded.team, manager = excluded.manager,
                time_zone = excluded.time_zone
            """)
        .bind("engineer", person.engineer())
        .bind("version", person.version())
        .bind("team", person.team())
        .bind("manager", person.manager())
        .bind("time_zone", person.timeZone())
        .execute();
    countrySince.ifPresent(
        since ->
            handle
                .createUpdate(
                    """
                    insert into person_country (engineer, since, country)
                    values (:engineer, :since, :country)
                    on conflict (engineer, since) do update set country = excluded.country
                    """)
                .bind("engineer", person.engineer())
                .bind("since", since)
                .bind("country", person.country())
                .execute());
    handle
        .createUpdate("delete from person_identity where engineer = :engineer")
        .bind("engineer", person.engineer())
        .execute();
    List<Identity> identities = List.copyOf(person.identities());
    handle
        .createUpdate(
            """
            insert into person_identity (kind, value, engineer)
            select kind, value, :engineer from unnest(:kinds, :values) i (kind, value)
            on conflict do nothing
            """)
        .bind("engineer", person.engineer())
        .bindArray("kinds", String.class, identities.stream().map(i -> i.kind().name()).toList())
        .bindArray("values", String.class, identities.stream().map(Identity::value).toList())
        .execute();
  }

  /** Whether anything says whose this identity is. */
  boolean mapped(Handle handle, Identity identity) {
    return handle
        .createQuery(
            "select exists (select 1 from (<union>) m where m.kind = :kind and m.value = :value)")
        .define("union", UNION)
        .bind("kind", identity.kind().name())
        .bind("value", identity.value())
        .mapTo(Boolean.class)
        .one();
  }

  void map(Handle handle, Mapping mapping, Instant now) {
    handle
        .createUpdate(
            """
            insert into identity_mapping (kind, value, since, engineer, made_at)
            values (:kind, :value, :since, :engineer, :now)
            on conflict (kind, value, since) do update
            set engineer = excluded.engineer, made_at = excluded.made_at
            """)
        .bind("kind", mapping.identity().kind().name())
        .bind("value", mapping.identity().value())
        .bind("since", mapping.since())
        .bind("engineer", mapping.engineer().orElse(null))
        .bind("now", now)
        .execute();
  }

  /** One more than asked for; the page's key is the mapping's {@link #pageKey}. */
  List<Mapping> list(Handle handle, String engineer, PageRequest page) {
    return handle
        .createQuery(
            """
            select * from (<union>) m
            where m.engineer = :engineer
              and m.kind || ':' || m.value || ':' || extract(epoch from m.since)::bigint
                || ':' || m.from_people > :after
            order by m.kind || ':' || m.value || ':' || extract(epoch from m.since)::bigint
                || ':' || m.from_people
            limit :rows
            """)
        .define("union", UNION)
        .bind("engineer", engineer)
        .bind("after", page.after().orElse(""))
        .bind("rows", page.size() + 1)
        .map((row, _) -> mapping(row))
        .list();
  }

  static String pageKey(Mapping mapping) {
    return mapping.identity().key()
        + ":"
        + mapping.since().getEpochSecond()
        + ":"
        + mapping.fromPeople();
  }

  private static Mapping mapping(ResultSet row) throws SQLException {
    return new Mapping(
        identity(row),
        Optional.ofNullable(row.getString("engineer")),
        row.getTimestamp("since").toInstant(),
        row.getBoolean("from_people"));
  }

  private static Identity identity(ResultSet row) throws SQLException {
    return new Identity(Identity.Kind.valueOf(row.getString("kind")), row.getString("value"));
  }
}
