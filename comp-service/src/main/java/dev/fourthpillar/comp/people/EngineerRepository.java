package dev.fourthpillar.comp.people;

import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.Violation;
import dev.fourthpillar.backbone.feed.FeedWriter;
import dev.fourthpillar.backbone.feed.NewEvent;
import dev.fourthpillar.backbone.paging.Page;
import dev.fourthpillar.backbone.paging.PageRequest;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Engineers, and the one counter of the events about each. */
@Singleton
public final class EngineerRepository {
  private static final String SELECT =
      """
      select e.engineer, e.revision, e.team, e.manager, e.country, e.time_zone, e.currency, e.fte,
             e.start_date, e.last_day, e.display_name, e.updated_at,
             array(select i.kind::int from engineer_identity i where i.engineer = e.engineer
                   order by i.kind, i.value) as identity_kinds,
             array(select i.value from engineer_identity i where i.engineer = e.engineer
                   order by i.kind, i.value) as identity_values
      from engineer e
      """;

  private final FeedWriter feed;

  EngineerRepository(FeedWriter feed) {
    this.feed = feed;
  }

  /**
   * The database's clock: replicas may disagree about the time, it does not disagree with itself.
   */
  public Instant now(Handle handle) {
    return handle.createQuery("select clock_timestamp()").mapTo(Instant.class).one();
  }

  public Optional<Engineer> find(Handle handle, String engineer) {
    return select(handle, engineer, "");
  }

  /**
   * @throws dev.fourthpillar.backbone.failure.FailureException NOT_FOUND
   */
  public Engineer get(Handle handle, String engineer) {
    return find(handle, engineer).orElseThrow(() -> unknown(engineer).asException());
  }

  /** Locked until the transaction ends, as everyone does who writes an event about the engineer. */
  public Optional<Engineer> findForUpdate(Handle handle, String engineer) {
    return select(handle, engineer, "for update of e");
  }

  /** The same where the engineer may be new: a row that is not there yet cannot be locked. */
  Optional<Engineer> findOrReserve(Handle handle, String engineer) {
    handle
        .createQuery("select pg_advisory_xact_lock(hashtextextended(:key, 0))")
        .bind("key", "engineer/" + engineer)
        .mapTo(String.class)
        .one();
    return findForUpdate(handle, engineer);
  }

  private static Optional<Engineer> select(Handle handle, String engineer, String lock) {
    return handle
        .createQuery(SELECT + "where e.engineer = :engineer <lock>")
        .define("lock", lock)
        .bind("engineer", engineer)
        .map((row, _) -> engineer(row))
        .findOne();
  }

  /** One page, by id. */
  Page<Engineer> list(Handle handle, PageRequest page) {
    List<Engineer> rows =
        handle
            .createQuery(SELECT + "where e.engineer > :after order by e.engineer limit :rows")
            .bind("after", page.after().orElse(""))
            .bind("rows", page.size() + 1)
            .map((row, _) -> engineer(row))
            .list();
    return Page.of(rows, page, Engineer::id);
  }

  /**
   * One page of those who are employed on a day, by id.
   *
   * @param team of those in this team; empty for everybody
   */
  public Page<Engineer> employedOn(
      Handle handle, LocalDate day, Optional<String> team, PageRequest page) {
    Query query =
        handle
            .createQuery(
                SELECT
                    + """
                    where e.engineer > :after and e.start_date <= :day
                      and (e.last_day is null or e.last_day >= :day)
                      <of_team>
                    order by e.engineer
                    limit :rows
                    """)
            .define("of_team", team.isPresent() ? "and e.team = :team" : "")
            .bind("after", page.after().orElse(""))
            .bind("day", day)
            .bind("rows", page.size() + 1);
    team.ifPresent(wanted -> query.bind("team", wanted));
    List<Engineer> rows = query.map((row, _) -> engineer(row)).list();
    return Page.of(rows, page, Engineer::id);
  }

  /**
   * The version of the next event with this key. Locks the engineer until the transaction ends, so
   * that events and versions keep one order.
   */
  public long nextVersion(Handle handle, String engineer) {
    return handle
        .createQuery(
            "update engineer set version = version + 1 where engineer = :engineer returning version")
        .bind("engineer", engineer)
        .mapTo(Long.class)
        .one();
  }

  /** Tells of what was changed, in this transaction. */
  public void tell(Handle handle, NewEvent... events) {
    feed.append(handle, events);
  }

  /** Writes the engineer as it is now; a refusal when a name is somebody else's. */
  Optional<Failure> write(Handle handle, Engineer engineer) {
    Profile profile = engineer.profile();
    handle
        .createUpdate(
            """
            insert into engineer
              (engineer, version, revision, team, manager, country, time_zone, currency, fte,
               start_date, last_day, display_name, updated_at)
            values
              (:engineer, 0, :revision, :team, :manager, :country, :time_zone, :currency, :fte,
               :start_date, :last_day, :display_name, :updated_at)
            on conflict (engineer) do update
            set revision = excluded.revision, team = excluded.team, manager = excluded.manager,
                country = excluded.country, time_zone = excluded.time_zone,
                currency = excluded.currency, fte = excluded.fte,
                start_date = excluded.start_date, display_name = excluded.display_name,
                updated_at = excluded.updated_at
            """)
        .bind("engineer", engineer.id())
        .bind("revision", engineer.revision())
        .bind("team", profile.team())
        .bind("manager", profile.manager())
        .bind("country", profile.country())
        .bind("time_zone", profile.timeZone().getId())
        .bind("currency", profile.currency().getCurrencyCode())
        .bind("fte", profile.fte())
        .bind("start_date", profile.start())
        .bindByType("last_day", engineer.lastDay().orElse(null), LocalDate.class)
        .bind("display_name", profile.displayName())
        .bind("updated_at", engineer.updatedAt())
        .execute();
    return writeIdentities(handle, profile);
  }

  /** In the order of the key, which all writers share. */
  private static Optional<Failure> writeIdentities(Handle handle, Profile profile) {
    handle
        .createUpdate("delete from engineer_identity where engineer = :engineer")
        .bind("engineer", profile.engineer())
        .execute();
    List<Violation> taken = new ArrayList<>();
    for (Identity identity : profile.identities()) {
      int written =
          handle
              .createUpdate(
                  """
                  insert into engineer_identity (kind, value, engineer)
                  values (:kind, :value, :engineer)
                  on conflict (kind, value) do nothing
                  """)
              .bind("kind", identity.kind().code())
              .bind("value", identity.value())
              .bind("engineer", profile.engineer())
              .execute();
      if (written == 0) {
        taken.add(
            new Violation(
                "engineer.identities",
                "the value of kind %s, number %d by kind and value, is another engineer's"
                    .formatted(identity.kind(), profile.identities().indexOf(identity) + 1),
                "people.identity_unique"));
      }
    }
    return taken.isEmpty() ? Optional.empty() : Optional.of(Failure.invalidFields(taken));
  }

  void end(Handle handle, Engineer engineer) {
    handle
        .createUpdate(
            """
            update engineer
            set last_day = :last_day, revision = :revision, updated_at = :updated_at
            where engineer = :engineer
            """)
        .bind("engineer", engineer.id())
        .bind("last_day", engineer.lastDay().orElseThrow())
        .bind("revision", engineer.revision())
        .bind("updated_at", engineer.updatedAt())
        .execute();
  }

  public static Failure unknown(String engineer) {
    return Failure.notFound(
        "engineer", engineer, "engineer '%s' does not exist".formatted(engineer));
  }

  private static Engineer engineer(ResultSet row) throws SQLException {
    return new Engineer(
        new Profile(
            row.getString("engineer"),
            row.getString("team"),
            row.getString("manager"),
            row.getString("country"),
            ZoneId.of(row.getString("time_zone")),
            Currency.getInstance(row.getString("currency")),
            row.getBigDecimal("fte"),
            row.getObject("start_date", LocalDate.class),
            identities(row),
            row.getString("display_name")),
        Optional.ofNullable(row.getObject("last_day", LocalDate.class)),
        row.getLong("revision"),
        row.getTimestamp("updated_at").toInstant());
  }

  private static List<Identity> identities(ResultSet row) throws SQLException {
    Integer[] kinds = (Integer[]) row.getArray("identity_kinds").getArray();
    String[] values = (String[]) row.getArray("identity_values").getArray();
    List<Identity> identities = new ArrayList<>();
    for (int i = 0; i < kinds.length; i++) {
      identities.add(new Identity(Identity.Kind.of(kinds[i]), values[i]));
    }
    return identities;
  }
}
