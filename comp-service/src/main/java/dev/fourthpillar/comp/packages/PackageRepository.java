package dev.fourthpillar.comp.packages;

import static java.util.Objects.requireNonNull;

import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.Reason;
import dev.fourthpillar.backbone.paging.Page;
import dev.fourthpillar.backbone.paging.PageRequest;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What was recorded of packages, and what of it counts. */
@Singleton
public final class PackageRepository {
  private static final String COLUMNS =
      """
      package_id, engineer, effective_date, recorded_at, encoded,
      case when encoded is null then content end as content
      """;

  PackageRepository() {}

  /**
   * The record in effect on a day.
   *
   * @param knownAt as it was known then; empty for now
   */
  public Optional<PackageRecord> inEffect(
      Handle handle, String engineer, LocalDate day, Optional<Instant> knownAt) {
    return handle
        .createQuery(
            """
            select <columns>
            from package_record
            where engineer = :engineer and effective_date <= :day
              and recorded_at <= cast(:known_at as timestamptz)
            order by effective_date desc, recorded_at desc
            limit 1
            """)
        .define("columns", COLUMNS)
        .bind("engineer", engineer)
        .bind("day", day)
        .bind("known_at", known(knownAt))
        .map((row, _) -> record(row))
        .findOne();
  }

  /** The same of many engineers, by engineer; who has none is not in it. */
  public Map<String, PackageRecord> inEffect(
      Handle handle, Collection<String> engineers, LocalDate day, Optional<Instant> knownAt) {
    return handle
        .createQuery(
            """
            select r.*
            from unnest(:engineers) as wanted (engineer)
            cross join lateral (
              select <columns>
              from package_record p
              where p.engineer = wanted.engineer and effective_date <= :day
                and recorded_at <= cast(:known_at as timestamptz)
              order by effective_date desc, recorded_at desc
              limit 1
            ) r
            """)
        .define("columns", COLUMNS)
        .bindArray("engineers", String.class, List.copyOf(engineers))
        .bind("day", day)
        .bind("known_at", known(knownAt))
        .map((row, _) -> kept(row))
        .list()
        // Reading what is kept takes longer than reading it from the database.
        .parallelStream()
        .map(Kept::record)
        .collect(Collectors.toMap(PackageRecord::engineer, Function.identity()));
  }

  /**
   * What counts, by the day it takes effect.
   *
   * @param knownAt as it was known then; empty for now
   */
  public List<PackageRecord> timeline(Handle handle, String engineer, Optional<Instant> knownAt) {
    return handle
        .createQuery(
            """
            select distinct on (effective_date) <columns>
            from package_record
            where engineer = :engineer and recorded_at <= cast(:known_at as timestamptz)
            order by effective_date, recorded_at desc
            """)
        .define("columns", COLUMNS)
        .bind("engineer", engineer)
        .bind("known_at", known(knownAt))
        .map((row, _) -> record(row))
        .list();
  }

  /** One page of all that was recorded, latest first. */
  Page<PackageRecord> list(Handle handle, String engineer, PageRequest page) {
    List<PackageRecord> rows =
        handle
            .createQuery(
                """
                select <columns>
                from package_record
                where engineer = :engineer and recorded_at < cast(:before as timestamptz)
                order by recorded_at desc
                limit :rows
                """)
            .define("columns", COLUMNS)
            .bind("engineer", engineer)
            .bind("before", page.after().map(PackageRepository::time).orElse("infinity"))
            .bind("rows", page.size() + 1)
            .map((row, _) -> record(row))
            .list();
    return Page.of(rows, page, record -> record.recordedAt().toString());
  }

  /** When each of an engineer's records became known differs, whatever the clock says. */
  Instant nextRecordTime(Handle handle, String engineer, Instant now) {
    return handle
        .createQuery("select max(recorded_at) from package_record where engineer = :engineer")
        .bind("engineer", engineer)
        .mapTo(Instant.class)
        .findOne()
        .filter(last -> !last.isBefore(now))
        .map(last -> last.plus(1, ChronoUnit.MICROS))
        .orElse(now);
  }

  void add(Handle handle, PackageRecord record) {
    handle
        .createUpdate(
            """
            insert into package_record
              (package_id, engineer, effective_date, recorded_at, encoded, content)
            values (:id, :engineer, :effective_date, :recorded_at, :encoded,
              cast(:content as jsonb))
            """)
        .bind("id", record.id())
        .bind("engineer", record.engineer())
        .bind("effective_date", record.effectiveFrom())
        .bind("recorded_at", record.recordedAt())
        .bind("encoded", record.stored().encoded())
        .bind("content", ContentMapper.toJson(record.stored()))
        .execute();
  }

  private static String known(Optional<Instant> knownAt) {
    // Rows are kept in microseconds: what became known within that one was known then.
    return knownAt.map(at -> at.truncatedTo(ChronoUnit.MICROS).toString()).orElse("infinity");
  }

  /** Only who makes tokens of their own comes here with something else. */
  private static String time(String pageKey) {
    try {
      return Instant.parse(pageKey).toString();
    } catch (DateTimeParseException _) {
      throw Failure.of(Reason.PAGE_TOKEN_INVALID, "page_token is not one of this list")
          .asException();
    }
  }

  private static PackageRecord record(ResultSet row) throws SQLException {
    return kept(row).record();
  }

  private static Kept kept(ResultSet row) throws SQLException {
    return new Kept(
        row.getObject("package_id", UUID.class),
        row.getString("engineer"),
        row.getObject("effective_date", LocalDate.class),
        row.getTimestamp("recorded_at").toInstant(),
        row.getBytes("encoded"),
        row.getString("content"));
  }

  /** A row, whose content nobody has read yet: in one of the two forms. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared, never shown.
  private record Kept(
      UUID id,
      String engineer,
      LocalDate effectiveFrom,
      Instant recordedAt,
      byte @Nullable [] encoded,
      @Nullable String json) {
    PackageRecord record() {
      return new PackageRecord(
          id,
          engineer,
          effectiveFrom,
          recordedAt,
          encoded == null
              ? ContentMapper.fromJson(requireNonNull(json))
              : ContentMapper.fromEncoded(encoded));
    }
  }
}
