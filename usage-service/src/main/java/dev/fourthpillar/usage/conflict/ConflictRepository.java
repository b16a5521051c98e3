package dev.fourthpillar.usage.conflict;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fourthpillar.backbone.paging.Page;
import dev.fourthpillar.backbone.paging.PageRequest;
import dev.fourthpillar.usage.evidence.Alias;
import dev.fourthpillar.usage.evidence.Evidence;
import dev.fourthpillar.usage.evidence.EvidenceKey;
import dev.fourthpillar.usage.evidence.UsageSignal;
import dev.fourthpillar.usage.store.RejectedEvidenceRepository;
import dev.fourthpillar.usage.store.UnitEvidenceRepository;
import dev.fourthpillar.usage.unit.UnitEvidence;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Reports that contradict each other, as they are kept. */
@Singleton
final class ConflictRepository {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final UnitEvidenceRepository units;

  ConflictRepository(UnitEvidenceRepository units) {
    this.units = units;
  }

  /**
   * Which conflicts.
   *
   * @param tool empty for all
   */
  record Asked(
      Optional<Conflict.Kind> kind, String tool, Optional<Instant> from, Optional<Instant> until) {}

  /** Where a conflict stands in the list, and how it is found. */
  private record Place(
      Conflict.Kind kind,
      Instant time,
      String id,
      String tool,
      OptionalLong unit,
      Optional<String> usageId,
      String signal,
      String said,
      long times,
      String holdEngineer,
      String holdId) {

    String after() {
      return kind + "|" + time + "|" + id;
    }
  }

  Page<Conflict> list(Handle handle, Asked asked, PageRequest page) {
    String[] after = page.after().map(key -> key.split("\\|", 3)).orElse(new String[0]);
    List<Place> places =
        handle
            .createQuery(
                """
                with content as (
                  select 'CONTENT' as kind, v.event_time as at, e.unit_id::text as id, v.tool,
                    e.unit_id, null as usage_id, '' as signal, '{}'::jsonb as said, 0 as times,
                    '' as hold_engineer, '' as hold_id
                  from (select distinct unit_id from evidence
                        where ordinal > 0 and signal <> :hold_attempt) e
                  join unit_value v on v.unit_id = e.unit_id),
                usage_id as (
                  select 'USAGE_ID', r.own_time::timestamptz,
                    r.fingerprint_high || '/' || r.fingerprint_low, r.tool, a.unit_id,
                    r.attributes->>'usage_id', r.name, r.attributes, r.times, '', ''
                  from rejected_evidence r
                  left join unit_alias a
                    on a.provider = :usage and a.id = r.attributes->>'usage_id'
                  where r.reason = :conflict),
                engineer as (
                  select 'ENGINEER', event_time, unit_id::text, tool, unit_id, null, '',
                    case when pseudonymous then '[]' else claims end, 0,
                    coalesce(case when pseudonymous then subject else payer end, ''), hold_id
                  from unit_value
                  where hold_id is not null and flags @> '["HOLD_OF_ANOTHER_ENGINEER"]')
                select * from (
                  select * from content
                  union all select * from usage_id
                  union all select * from engineer) c
                where (cast(:kind as text) is null or kind = :kind)
                  and (:tool = '' or tool = :tool)
                  and (cast(:from as timestamptz) is null or at >= :from)
                  and (cast(:until as timestamptz) is null or at < :until)
                  and (cast(:after_kind as text) is null
                    or (kind, at, id) > (:after_kind, cast(:after_time as timestamptz), :after_id))
                order by kind, at, id limit :rows
                """)
            .bind("hold_attempt", UsageSignal.HOLD_ATTEMPT.name())
            .bind("usage", Alias.USAGE)
            .bind("conflict", RejectedEvidenceRepository.CONFLICT)
            .bind("kind", asked.kind().map(Conflict.Kind::name).orElse(null))
            .bind("tool", asked.tool())
            .bind("from", asked.from().orElse(null))
            .bind("until", asked.until().orElse(null))
            .bind("after_kind", after.length == 0 ? null : after[0])
            .bind("after_time", after.length == 0 ? null : after[1])
            .bind("after_id", after.length == 0 ? null : after[2])
            .bind("rows", page.size() + 1)
            .map((row, _) -> place(row))
            .list();
    Page<Place> found = Page.of(places, page, Place::after);
    Map<Long, UnitEvidence> evidence = evidence(handle, found.items());
    return new Page<>(
        found.items().stream().map(place -> conflict(place, evidence)).toList(), found.lastKey());
  }

  private Map<Long, UnitEvidence> evidence(Handle handle, Collection<Place> places) {
    List<Long> ids =
        places.stream()
            .filter(place -> place.kind() != Conflict.Kind.ENGINEER)
            .flatMap(place -> place.unit().stream().boxed())
            .distinct()
            .toList();
    return units.of(handle, ids).stream().collect(Collectors.toMap(UnitEvidence::unit, u -> u));
  }

  private static Conflict conflict(Place place, Map<Long, UnitEvidence> evidence) {
    Optional<UnitEvidence> unit =
        place.unit().isPresent()
            ? Optional.ofNullable(evidence.get(place.unit().getAsLong()))
            : Optional.empty();
    return switch (place.kind()) {
      case CONTENT -> content(place, unit.orElseThrow());
      case USAGE_ID -> {
        String id = place.usageId().orElse("");
        yield new Conflict.UsageId(
            id,
            place.unit(),
            unit.stream()
                .flatMap(one -> one.evidence().stream())
                .filter(
                    report ->
                        report.aliases().stream().anyMatch(a -> a.isUsage() && a.id().equals(id)))
                .findFirst(),
            place.tool(),
            place.time(),
            place.signal(),
            said(place.said()),
            place.times());
      }
      case ENGINEER ->
          new Conflict.Engineer(
              place.unit().orElseThrow(),
              place.tool(),
              place.time(),
              place.holdEngineer(),
              place.holdId(),
              claims(place.said()));
    };
  }

  private static Conflict content(Place place, UnitEvidence unit) {
    Map<EvidenceKey, List<Evidence>> byKey = new LinkedHashMap<>();
    unit.evidence().stream()
        .filter(report -> report.signal() != UsageSignal.HOLD_ATTEMPT)
        .forEach(report -> byKey.computeIfAbsent(report.key(), _ -> new ArrayList<>()).add(report));
    List<Evidence> contents =
        byKey.values().stream()
            .filter(several -> several.size() > 1)
            .flatMap(List::stream)
            .toList();
    return new Conflict.Content(
        unit.unit(),
        place.tool(),
        place.time(),
        contents,
        unit.evidence().isEmpty()
            ? Optional.empty()
            : Optional.of(unit.pricing()).filter(contents::contains));
  }

  private static Map<String, String> said(String document) {
    Map<String, String> said = new HashMap<>();
    read(document).properties().forEach(one -> said.put(one.getKey(), one.getValue().asText()));
    return said;
  }

  private static List<String> claims(String document) {
    List<String> claims = new ArrayList<>();
    read(document).forEach(claim -> claims.add(claim.asText()));
    return claims;
  }

  private static JsonNode read(String document) {
    try {
      return JSON.readTree(document);
    } catch (JsonProcessingException broken) {
      throw new IllegalStateException("a stored document is no JSON", broken);
    }
  }

  private static Place place(ResultSet row) throws SQLException {
    long unit = row.getLong("unit_id");
    boolean known = !row.wasNull();
    return new Place(
        Conflict.Kind.valueOf(row.getString("kind")),
        row.getTimestamp("at").toInstant(),
        row.getString("id"),
        row.getString("tool"),
        known ? OptionalLong.of(unit) : OptionalLong.empty(),
        Optional.ofNullable(row.getString("usage_id")),
        row.getString("signal"),
        row.getString("said"),
        row.getLong("times"),
        row.getString("hold_engineer"),
        row.getString("hold_id"));
  }
}
