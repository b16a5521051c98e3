package dev.fourthpillar.usage.settle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Values and settlements between the domain and their tables. */
public final class ValueCodec {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ValueCodec() {}

  static ArrayNode array() {
    return JSON.createArrayNode();
  }

  static ObjectNode row(UnitValue value) {
    ObjectNode row = JSON.createObjectNode();
    row.put("unit_id", value.unit());
    row.put("state", value.state().name());
    row.put("revision", value.revision());
    row.put("event_time", value.eventTime().toString());
    row.put("subject", value.party().subject().orElse(null));
    row.put("payer", value.party().payer().orElse(null));
    row.put("pseudonymous", value.party().pseudonymous());
    row.put("provider", value.matter().provider());
    row.put("model", value.matter().model());
    row.put("reported_model", value.matter().reportedModel());
    row.put("resolution", value.matter().resolution());
    row.put("tool", value.matter().tool());
    row.put("project", value.matter().project());
    row.put("agent", value.matter().agent());
    row.put("agent_id", value.place().agentId());
    row.put("parent_agent", value.place().parentAgent());
    row.put("sub_agent", value.place().subAgent());
    row.put("session", value.place().session());
    row.put("turn", value.place().turn());
    row.set("tags", texts(value.matter().tags()));
    ObjectNode meters = row.putObject("meters");
    value
        .worth()
        .meters()
        .forEach(
            (meter, cost) ->
                meters
                    .putArray(meter)
                    .add(cost.quantity())
                    .add(cost.listNanos())
                    .add(cost.employerNanos()));
    row.put("book_id", value.pricedBy().book().orElse(""));
    row.put("reported_provider", value.pricedBy().provider());
    row.put("service_tier", value.pricedBy().serviceTier().orElse(""));
    row.put("region", value.pricedBy().region().orElse(""));
    row.put("currency", value.worth().currency().orElse(null));
    row.put("list_nanos", value.worth().listNanos());
    row.put("employer_nanos", value.worth().employerNanos());
    row.put("hold_id", value.booked().map(UnitValue.Booked::hold).orElse(null));
    row.put("attempt", value.booked().map(UnitValue.Booked::attempt).orElse(null));
    row.put("booked_list", value.booked().map(UnitValue.Booked::listNanos).orElse(0L));
    row.put("booked_employer", value.booked().map(UnitValue.Booked::employerNanos).orElse(0L));
    row.set(
        "booked_quantities",
        counts(value.booked().map(UnitValue.Booked::quantities).orElseGet(TreeMap::new)));
    row.set("flags", texts(value.flags()));
    row.set("claims", texts(value.claims()));
    row.put("stand_in_group", value.standInGroup().orElse(null));
    row.put("first_received", value.firstReceived().toString());
    row.put("is_window", value.window());
    row.put("rank", value.rank());
    return row;
  }

  /** A row of {@code unit_value}. */
  public static UnitValue value(ResultSet row) throws SQLException {
    SortedMap<String, MeterCost> meters = new TreeMap<>();
    read(row.getString("meters"))
        .properties()
        .forEach(
            entry ->
                meters.put(
                    entry.getKey(),
                    new MeterCost(
                        entry.getValue().get(0).longValue(),
                        entry.getValue().get(1).longValue(),
                        entry.getValue().get(2).longValue())));
    @Nullable String hold = row.getString("hold_id");
    Optional<UnitValue.Booked> booked =
        hold == null
            ? Optional.empty()
            : Optional.of(
                new UnitValue.Booked(
                    hold,
                    row.getInt("attempt"),
                    row.getLong("booked_list"),
                    row.getLong("booked_employer"),
                    counts(row.getString("booked_quantities"))));
    long group = row.getLong("stand_in_group");
    Optional<Long> standIn = row.wasNull() ? Optional.empty() : Optional.of(group);
    return new UnitValue(
        row.getLong("unit_id"),
        UnitState.valueOf(row.getString("state")),
        row.getLong("revision"),
        row.getTimestamp("event_time").toInstant(),
        new UnitValue.Party(
            Optional.ofNullable(row.getString("subject")),
            Optional.ofNullable(row.getString("payer")),
            row.getBoolean("pseudonymous")),
        new UnitValue.Matter(
            row.getString("provider"),
            row.getString("model"),
            row.getString("reported_model"),
            row.getString("resolution"),
            row.getString("tool"),
            row.getString("project"),
            row.getString("agent"),
            texts(row.getString("tags"))),
        new UnitValue.Place(
            row.getString("session"),
            row.getString("turn"),
            row.getString("agent_id"),
            row.getString("parent_agent"),
            row.getBoolean("sub_agent")),
        new UnitValue.PricedBy(
            text(row, "book_id"),
            row.getString("reported_provider"),
            text(row, "service_tier"),
            text(row, "region")),
        new UnitValue.Worth(
            Optional.ofNullable(row.getString("currency")),
            meters,
            row.getLong("list_nanos"),
            row.getLong("employer_nanos")),
        booked,
        sorted(row.getString("flags")),
        sorted(row.getString("claims")),
        standIn,
        row.getTimestamp("first_received").toInstant(),
        row.getBoolean("is_window"),
        row.getInt("rank"));
  }

  static ObjectNode row(Settlement settlement, int partition) {
    Charge change = settlement.change();
    Charge.Line line = change.line();
    ObjectNode row = JSON.createObjectNode();
    row.put("partition", partition);
    row.put("engineer", line.engineer());
    row.put("pseudonymous", line.pseudonymous());
    row.put("unit_id", settlement.unit());
    row.put("revision", settlement.revision());
    row.put("cause", settlement.cause().name());
    row.put("usage_minute", line.minute().toString());
    row.put("provider", line.provider());
    row.put("model", line.model());
    row.put("project", line.project());
    row.put("tool", line.tool());
    row.put("agent", line.agent());
    row.set("tags", texts(line.tags()));
    row.set("quantities", counts(change.quantities()));
    row.put("currency", line.currency());
    row.put("list_nanos", change.listNanos());
    row.put("employer_nanos", change.employerNanos());
    row.put("hold_id", line.through().map(Charge.Through::hold).orElse(null));
    row.put("attempt", line.through().map(Charge.Through::attempt).orElse(null));
    return row;
  }

  /** A row of {@code settlement}. */
  static Settlement settlement(ResultSet row) throws SQLException {
    @Nullable String hold = row.getString("hold_id");
    return new Settlement(
        row.getLong("unit_id"),
        row.getLong("revision"),
        Cause.valueOf(row.getString("cause")),
        new Charge(
            new Charge.Line(
                row.getString("engineer"),
                row.getBoolean("pseudonymous"),
                row.getTimestamp("usage_minute").toInstant(),
                row.getString("provider"),
                row.getString("model"),
                row.getString("project"),
                row.getString("tool"),
                row.getString("agent"),
                texts(row.getString("tags")),
                row.getString("currency"),
                hold == null
                    ? Optional.empty()
                    : Optional.of(new Charge.Through(hold, row.getInt("attempt")))),
            counts(row.getString("quantities")),
            row.getLong("list_nanos"),
            row.getLong("employer_nanos")));
  }

  private static Optional<String> text(ResultSet row, String column) throws SQLException {
    return Optional.of(row.getString(column)).filter(text -> !text.isEmpty());
  }

  private static ArrayNode texts(Collection<String> texts) {
    ArrayNode array = JSON.createArrayNode();
    texts.forEach(array::add);
    return array;
  }

  private static List<String> texts(String json) {
    List<String> texts = new ArrayList<>();
    read(json).forEach(text -> texts.add(text.textValue()));
    return texts;
  }

  private static SortedSet<String> sorted(String json) {
    return new TreeSet<>(texts(json));
  }

  private static ObjectNode counts(SortedMap<String, Long> counts) {
    ObjectNode node = JSON.createObjectNode();
    counts.forEach(node::put);
    return node;
  }

  private static SortedMap<String, Long> counts(String json) {
    SortedMap<String, Long> counts = new TreeMap<>();
    read(json)
        .properties()
        .forEach(entry -> counts.put(entry.getKey(), entry.getValue().longValue()));
    return counts;
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException broken) {
      throw new IllegalStateException("a stored document is no JSON", broken);
    }
  }
}
