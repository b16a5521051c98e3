package dev.fourthpillar.usage.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fourthpillar.pricing.quantity.Meter;
import dev.fourthpillar.pricing.quantity.Quantities;
import dev.fourthpillar.usage.evidence.Alias;
import dev.fourthpillar.usage.evidence.ClaimedCost;
import dev.fourthpillar.usage.evidence.Dimensions;
import dev.fourthpillar.usage.evidence.Evidence;
import dev.fourthpillar.usage.evidence.EvidenceFlag;
import dev.fourthpillar.usage.evidence.EvidenceKey;
import dev.fourthpillar.usage.evidence.Fingerprint;
import dev.fourthpillar.usage.evidence.GroupKey;
import dev.fourthpillar.usage.evidence.HoldAttempt;
import dev.fourthpillar.usage.evidence.IdentityClaim;
import dev.fourthpillar.usage.evidence.PointKind;
import dev.fourthpillar.usage.evidence.Reporter;
import dev.fourthpillar.usage.evidence.SeriesPoint;
import dev.fourthpillar.usage.evidence.SpanLink;
import dev.fourthpillar.usage.evidence.UsageSignal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Evidence between the domain and its table: written as JSON rows, read column by column. */
final class EvidenceCodec {
  private static final ObjectMapper JSON = new ObjectMapper();

  private EvidenceCodec() {}

  /** The columns of a row, by name. */
  static ObjectNode row(Evidence evidence, long unit, int ordinal) {
    ObjectNode row = JSON.createObjectNode();
    row.put("time_bucket", evidence.key().bucket());
    row.put("key_high", evidence.key().hash().high());
    row.put("key_low", evidence.key().hash().low());
    row.put("ordinal", ordinal);
    row.put("content_high", evidence.content().high());
    row.put("content_low", evidence.content().low());
    row.put("unit_id", unit);
    row.put("signal", evidence.signal().name());
    row.put("rank", evidence.rank());
    row.put("reporter", evidence.reporter().name());
    row.put("tool", evidence.group().tool());
    row.put("group_value", evidence.group().value());
    ArrayNode aliases = row.putArray("aliases");
    evidence.aliases().stream()
        .sorted()
        .forEach(alias -> aliases.addArray().add(alias.provider()).add(alias.id()));
    row.put("event_time", evidence.eventTime().toString());
    row.put("provider", evidence.provider());
    row.put("model", evidence.model().orElse(null));
    ObjectNode quantities = row.putObject("quantities");
    evidence.quantities().counts().forEach((meter, count) -> quantities.put(meter.code(), count));
    row.put("service_tier", evidence.serviceTier().orElse(null));
    row.put("region", evidence.region().orElse(null));
    row.put("claimed_nanos", evidence.claimedCost().map(ClaimedCost::amountNanos).orElse(null));
    ArrayNode claims = row.putArray("claims");
    evidence
        .claims()
        .forEach(claim -> claims.addArray().add(claim.kind().name()).add(claim.value()));
    row.put("hold_engineer", evidence.hold().map(HoldAttempt::engineer).orElse(null));
    row.put("hold_id", evidence.hold().map(HoldAttempt::hold).orElse(null));
    row.put("hold_attempt", evidence.hold().map(HoldAttempt::attempt).orElse(null));
    row.put("hold_settled", evidence.hold().map(HoldAttempt::settlement).orElse(null));
    row.set("dimensions", dimensions(evidence.dimensions()));
    row.put(
        "flags",
        evidence.flags().stream()
            .sorted()
            .map(EvidenceFlag::name)
            .collect(Collectors.joining(",", "{", "}")));
    evidence.point().ifPresent(point -> put(row, point));
    evidence.span().ifPresent(span -> put(row, span));
    return row;
  }

  private static void put(ObjectNode row, SeriesPoint point) {
    row.put("series_high", point.series().high());
    row.put("series_low", point.series().low());
    row.put("point_start", point.startNanos());
    row.put("point_time", point.timeNanos());
    row.put("point_cumulative", point.cumulative());
    row.put("point_kind", point.kind().name());
    row.put("point_value", point.value());
  }

  private static void put(ObjectNode row, SpanLink span) {
    row.put("span_self", span.self());
    span.parent().ifPresent(parent -> row.put("span_parent", parent));
  }

  private static ObjectNode dimensions(Dimensions dimensions) {
    ObjectNode node = JSON.createObjectNode();
    dimensions.session().ifPresent(value -> node.put("session", value));
    dimensions.prompt().ifPresent(value -> node.put("prompt", value));
    dimensions.querySource().ifPresent(value -> node.put("query_source", value));
    dimensions.agent().ifPresent(value -> node.put("agent", value));
    dimensions.agentId().ifPresent(value -> node.put("agent_id", value));
    dimensions.parentAgent().ifPresent(value -> node.put("parent_agent", value));
    if (dimensions.subAgent()) {
      node.put("sub_agent", true);
    }
    dimensions.project().ifPresent(value -> node.put("project", value));
    dimensions.organization().ifPresent(value -> node.put("organization", value));
    dimensions.toolVersion().ifPresent(value -> node.put("tool_version", value));
    ObjectNode tags = node.putObject("tags");
    dimensions.tags().forEach(tags::put);
    return node;
  }

  static Evidence evidence(ResultSet row) throws SQLException {
    return new Evidence(
        new EvidenceKey(
            row.getLong("time_bucket"),
            new Fingerprint(row.getLong("key_high"), row.getLong("key_low"))),
        new Fingerprint(row.getLong("content_high"), row.getLong("content_low")),
        UsageSignal.valueOf(row.getString("signal")),
        Reporter.valueOf(row.getString("reporter")),
        new GroupKey(row.getString("tool"), row.getString("group_value")),
        aliases(read(row.getString("aliases"))),
        row.getTimestamp("event_time").toInstant(),
        row.getString("provider"),
        Optional.ofNullable(row.getString("model")),
        quantities(read(row.getString("quantities"))),
        Optional.ofNullable(row.getString("service_tier")),
        Optional.ofNullable(row.getString("region")),
        Optional.ofNullable(row.getObject("claimed_nanos", Long.class)).map(ClaimedCost::new),
        claims(read(row.getString("claims"))),
        hold(row),
        dimensions(read(row.getString("dimensions"))),
        flags(row.getArray("flags")),
        point(row),
        span(row));
  }

  private static Optional<SeriesPoint> point(ResultSet row) throws SQLException {
    @Nullable String kind = row.getString("point_kind");
    return kind == null
        ? Optional.empty()
        : Optional.of(
            new SeriesPoint(
                new Fingerprint(row.getLong("series_high"), row.getLong("series_low")),
                row.getLong("point_start"),
                row.getLong("point_time"),
                row.getBoolean("point_cumulative"),
                PointKind.valueOf(kind),
                row.getLong("point_value")));
  }

  private static Optional<SpanLink> span(ResultSet row) throws SQLException {
    long self = row.getLong("span_self");
    if (row.wasNull()) {
      return Optional.empty();
    }
    long parent = row.getLong("span_parent");
    return Optional.of(
        new SpanLink(self, row.wasNull() ? OptionalLong.empty() : OptionalLong.of(parent)));
  }

  private static Set<Alias> aliases(JsonNode node) {
    Set<Alias> aliases = new HashSet<>();
    node.forEach(pair -> aliases.add(new Alias(pair.get(0).textValue(), pair.get(1).textValue())));
    return aliases;
  }

  private static Quantities quantities(JsonNode node) {
    Map<Meter, Long> counts = new HashMap<>();
    node.properties()
        .forEach(entry -> counts.put(Meter.read(entry.getKey()), entry.getValue().longValue()));
    return Quantities.of(counts);
  }

  private static List<IdentityClaim> claims(JsonNode node) {
    List<IdentityClaim> claims = new ArrayList<>();
    node.forEach(
        pair ->
            claims.add(
                new IdentityClaim(
                    IdentityClaim.Kind.valueOf(pair.get(0).textValue()), pair.get(1).textValue())));
    return claims;
  }

  private static Optional<HoldAttempt> hold(ResultSet row) throws SQLException {
    @Nullable String hold = row.getString("hold_id");
    return hold == null
        ? Optional.empty()
        : Optional.of(
            new HoldAttempt(
                row.getString("hold_engineer"),
                hold,
                row.getInt("hold_attempt"),
                row.getLong("hold_settled")));
  }

  private static Dimensions dimensions(JsonNode node) {
    Map<String, String> tags = new HashMap<>();
    node.path("tags")
        .properties()
        .forEach(entry -> tags.put(entry.getKey(), entry.getValue().textValue()));
    return new Dimensions(
        text(node, "session"),
        text(node, "prompt"),
        text(node, "query_source"),
        text(node, "agent"),
        text(node, "agent_id"),
        text(node, "parent_agent"),
        node.path("sub_agent").booleanValue(),
        text(node, "project"),
        text(node, "organization"),
        text(node, "tool_version"),
        tags);
  }

  private static Optional<String> text(JsonNode node, String name) {
    return Optional.ofNullable(node.path(name).textValue());
  }

  private static Set<EvidenceFlag> flags(Array array) throws SQLException {
    Set<EvidenceFlag> flags = EnumSet.noneOf(EvidenceFlag.class);
    for (String flag : (String[]) array.getArray()) {
      flags.add(EvidenceFlag.valueOf(flag));
    }
    return flags;
  }

  static ArrayNode array() {
    return JSON.createArrayNode();
  }

  static ObjectNode object() {
    return JSON.createObjectNode();
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException broken) {
      throw new IllegalStateException("a stored document is no JSON", broken);
    }
  }
}
