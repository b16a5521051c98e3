package dev.fourthpillar.usage.query;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.google.protobuf.Timestamp;
import dev.fourthpillar.backbone.edge.money.MoneyMapper;
import dev.fourthpillar.backbone.edge.time.TimestampMapper;
import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.money.Amount;
import dev.fourthpillar.backbone.paging.Page;
import dev.fourthpillar.backbone.paging.PageRequest;
import dev.fourthpillar.backbone.paging.PageTokens;
import dev.fourthpillar.type.v1.MeterQuantity;
import dev.fourthpillar.usage.query.UsageQuery.Dimension;
import dev.fourthpillar.usage.query.UsageQuery.Interval;
import dev.fourthpillar.usage.query.UsageQueryRepository.RecordKey;
import dev.fourthpillar.usage.settle.MeterCost;
import dev.fourthpillar.usage.settle.UnitValue;
import dev.fourthpillar.usage.v1.AgentNode;
import dev.fourthpillar.usage.v1.AgentNodeKind;
import dev.fourthpillar.usage.v1.GetAgentTreeResponse;
import dev.fourthpillar.usage.v1.ListRecordsRequest;
import dev.fourthpillar.usage.v1.ListRecordsResponse;
import dev.fourthpillar.usage.v1.QueryUsageRequest;
import dev.fourthpillar.usage.v1.QueryUsageResponse;
import dev.fourthpillar.usage.v1.StateShare;
import dev.fourthpillar.usage.v1.UsageFilter;
import dev.fourthpillar.usage.v1.UsageGroup;
import dev.fourthpillar.usage.v1.UsageInterval;
import dev.fourthpillar.usage.v1.UsageQueryServiceGrpc;
import dev.fourthpillar.usage.v1.UsageRecord;
import dev.fourthpillar.usage.v1.UsageState;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/** Queries between the contract and the domain. */
final class UsageQueryMapper {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String DIMENSION = "USAGE_DIMENSION_";
  private static final String INTERVAL = "USAGE_INTERVAL_";
  private static final String STATE = "USAGE_STATE_";
  private static final String KIND = "AGENT_NODE_KIND_";
  private static final long QUARTER_SECONDS = Duration.ofMinutes(15).toSeconds();
  private static final String NO_CURRENCY = "USD";

  private UsageQueryMapper() {}

  static UsageQuery fromProto(QueryUsageRequest request) {
    Instant from = quarter(request.getStartTime(), "start_time");
    Instant until = quarter(request.getEndTime(), "end_time");
    if (!from.isBefore(until)) {
      throw Failure.invalidField("end_time", "must be after start_time", "time.order")
          .asException();
    }
    Map<Dimension, String> filter = new EnumMap<>(Dimension.class);
    UsageFilter wanted = request.getFilter();
    put(filter, Dimension.ENGINEER, wanted.getEngineer());
    put(filter, Dimension.TEAM, wanted.getTeam());
    put(filter, Dimension.PROVIDER, wanted.getProvider());
    put(filter, Dimension.MODEL, wanted.getModel());
    put(filter, Dimension.AGENT, wanted.getAgent());
    put(filter, Dimension.PROJECT, wanted.getProject());
    put(filter, Dimension.TOOL, wanted.getTool());
    return new UsageQuery(
        filter,
        wanted.getStatesList().stream().map(UsageQueryMapper::name).toList(),
        from,
        until,
        request.getGroupByList().stream()
            .map(d -> Dimension.valueOf(d.name().substring(DIMENSION.length())))
            .toList(),
        request.getInterval() == UsageInterval.USAGE_INTERVAL_UNSPECIFIED
            ? Interval.NONE
            : Interval.valueOf(request.getInterval().name().substring(INTERVAL.length())),
        zone(request.getTimeZone()),
        Optional.empty(),
        tokens(request).read(request.getPageSize(), request.getPageToken()));
  }

  private static void put(Map<Dimension, String> filter, Dimension dimension, String value) {
    if (!value.isEmpty()) {
      filter.put(dimension, value);
    }
  }

  private static Instant quarter(Timestamp time, String field) {
    if (time.getNanos() != 0 || Math.floorMod(time.getSeconds(), QUARTER_SECONDS) != 0) {
      throw Failure.invalidField(field, "must be a whole quarter of an hour, UTC", "time.quarter")
          .asException();
    }
    return TimestampMapper.fromProto(time);
  }

  private static ZoneId zone(String id) {
    if (id.isEmpty()) {
      return ZoneId.of("UTC");
    }
    if (!ZoneId.getAvailableZoneIds().contains(id)) {
      throw Failure.invalidField("time_zone", "must be an IANA time zone", "time_zone")
          .asException();
    }
    try {
      return ZoneId.of(id);
    } catch (DateTimeException unknown) {
      throw Failure.invalidField("time_zone", "must be an IANA time zone", "time_zone")
          .asException();
    }
  }

  /** The key after which the page begins; empty for the first page. */
  static List<String> after(UsageQuery query) {
    List<String> key = new ArrayList<>();
    query.page().after().ifPresent(text -> read(text).forEach(part -> key.add(part.textValue())));
    return key;
  }

  static QueryUsageResponse toProto(
      UsageQueryService.Answer answer, UsageQuery query, QueryUsageRequest request) {
    QueryUsageResponse.Builder response =
        QueryUsageResponse.newBuilder().setWithheldCount(answer.withheld());
    String currency = answer.currency().orElse(NO_CURRENCY);
    answer.groups().forEach(group -> response.addGroups(toProto(group, query, currency)));
    answer
        .next()
        .ifPresent(
            key ->
                response.setNextPageToken(
                    tokens(request).next(new Page<>(List.of(), Optional.of(write(key))))));
    return response.build();
  }

  private static PageTokens tokens(QueryUsageRequest request) {
    return PageTokens.of(
        UsageQueryServiceGrpc.getQueryUsageMethod().getFullMethodName(),
        request.toBuilder().clearPageSize().clearPageToken().build().toString());
  }

  private static UsageGroup toProto(UsageSums group, UsageQuery query, String currency) {
    UsageGroup.Builder message =
        UsageGroup.newBuilder()
            .setUnitCount(group.total().units())
            .addAllQuantities(quantities(group.quantities()))
            .setListAmount(MoneyMapper.toProto(currency, group.total().list()))
            .setEmployerAmount(MoneyMapper.toProto(currency, group.total().employer()));
    int at = 0;
    if (query.interval() != Interval.NONE) {
      message.setIntervalStart(
          TimestampMapper.toProto(Instant.ofEpochSecond(Long.parseLong(group.key().get(at++)))));
    }
    for (Dimension dimension : query.groupBy()) {
      String value = group.key().get(at++);
      switch (dimension) {
        case ENGINEER -> message.setEngineer(value);
        case TEAM -> message.setTeam(value);
        case PROVIDER -> message.setProvider(value);
        case MODEL -> message.setModel(value);
        case AGENT -> message.setAgent(value);
        case PROJECT -> message.setProject(value);
        case TOOL -> message.setTool(value);
        case METER -> message.setMeter(value);
        case STATE -> message.setState(state(value));
      }
    }
    if (query.groupBy().contains(Dimension.METER)) {
      message.setUnitCount(0);
    }
    group
        .byState()
        .forEach(
            (state, share) ->
                message.addStates(
                    StateShare.newBuilder()
                        .setState(state(state))
                        .setUnitCount(share.units())
                        .setListAmount(MoneyMapper.toProto(currency, share.list()))
                        .setEmployerAmount(MoneyMapper.toProto(currency, share.employer()))));
    return message.build();
  }

  static PageRequest page(ListRecordsRequest request) {
    return tokens(request).read(request.getPageSize(), request.getPageToken());
  }

  static Optional<RecordKey> after(PageRequest page) {
    return page.after()
        .map(UsageQueryMapper::read)
        .map(key -> new RecordKey(Instant.parse(key.get(0).textValue()), key.get(1).longValue()));
  }

  static Optional<Instant> from(ListRecordsRequest request) {
    return request.hasStartTime()
        ? Optional.of(TimestampMapper.fromProto(request.getStartTime()))
        : Optional.empty();
  }

  static Optional<Instant> until(ListRecordsRequest request) {
    return request.hasEndTime()
        ? Optional.of(TimestampMapper.fromProto(request.getEndTime()))
        : Optional.empty();
  }

  static ListRecordsResponse toProto(
      List<UnitValue> oneMore, PageRequest page, ListRecordsRequest request) {
    Page<UnitValue> units =
        Page.of(
            oneMore,
            page,
            unit -> {
              ArrayNode key = JSON.createArrayNode();
              return key.add(unit.eventTime().toString()).add(unit.unit()).toString();
            });
    return ListRecordsResponse.newBuilder()
        .addAllRecords(units.items().stream().map(UsageQueryMapper::toProto).toList())
        .setNextPageToken(tokens(request).next(units))
        .build();
  }

  private static PageTokens tokens(ListRecordsRequest request) {
    return PageTokens.of(
        UsageQueryServiceGrpc.getListRecordsMethod().getFullMethodName(),
        request.toBuilder().clearPageSize().clearPageToken().build().toString());
  }

  private static UsageRecord toProto(UnitValue unit) {
    UsageRecord.Builder message =
        UsageRecord.newBuilder()
            .setUnitId(Long.toString(unit.unit()))
            .setRevision(unit.revision())
            .setState(state(unit.state().name()))
            .addAllFlags(unit.flags())
            .setUsageTime(TimestampMapper.toProto(unit.eventTime()))
            .setProvider(unit.matter().provider())
            .setModel(unit.matter().model())
            .setReportedModel(unit.matter().reportedModel())
            .setResolution(unit.matter().resolution())
            .setBookId(unit.pricedBy().book().orElse(""))
            .setTool(unit.matter().tool())
            .setProject(unit.matter().project())
            .setAgent(unit.matter().agent())
            .setSession(unit.place().session());
    Optional<String> currency = unit.worth().currency();
    for (Map.Entry<String, MeterCost> meter : unit.worth().meters().entrySet()) {
      MeterCost cost = meter.getValue();
      var line =
          dev.fourthpillar.usage.v1.MeterCost.newBuilder()
              .setMeter(meter.getKey())
              .setQuantity(cost.quantity());
      currency.ifPresent(
          code ->
              line.setListAmount(MoneyMapper.toProto(new Amount(code, cost.listNanos())))
                  .setEmployerAmount(MoneyMapper.toProto(new Amount(code, cost.employerNanos()))));
      message.addMeters(line);
    }
    currency.ifPresent(
        code ->
            message
                .setListAmount(MoneyMapper.toProto(new Amount(code, unit.worth().listNanos())))
                .setEmployerAmount(
                    MoneyMapper.toProto(new Amount(code, unit.worth().employerNanos()))));
    unit.booked()
        .ifPresent(booked -> message.setHoldId(booked.hold()).setAttempt(booked.attempt()));
    return message.build();
  }

  static GetAgentTreeResponse toProto(UsageQueryService.Tree tree) {
    return GetAgentTreeResponse.newBuilder()
        .setRoot(toProto(tree.root(), tree.currency().orElse(NO_CURRENCY)))
        .build();
  }

  private static AgentNode toProto(AgentTree node, String currency) {
    return AgentNode.newBuilder()
        .setKind(AgentNodeKind.valueOf(KIND + node.kind().name()))
        .setName(node.name())
        .setUnitCount(node.total().units())
        .addAllQuantities(quantities(node.quantities()))
        .setListAmount(MoneyMapper.toProto(currency, node.total().list()))
        .setEmployerAmount(MoneyMapper.toProto(currency, node.total().employer()))
        .addAllChildren(node.children().stream().map(child -> toProto(child, currency)).toList())
        .build();
  }

  private static List<MeterQuantity> quantities(SortedMap<String, BigInteger> quantities) {
    return quantities.entrySet().stream()
        .map(
            entry ->
                MeterQuantity.newBuilder()
                    .setMeter(entry.getKey())
                    .setQuantity(saturated(entry.getValue()))
                    .build())
        .toList();
  }

  /** Sums beyond the wire's range say so by standing at its end. */
  private static long saturated(BigInteger value) {
    return value.bitLength() < Long.SIZE
        ? value.longValueExact()
        : value.signum() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
  }

  private static UsageState state(String name) {
    return UsageState.valueOf(STATE + name);
  }

  private static String name(UsageState state) {
    return state.name().substring(STATE.length());
  }

  private static String write(List<String> key) {
    ArrayNode array = JSON.createArrayNode();
    key.forEach(array::add);
    return array.toString();
  }

  private static JsonNode read(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException broken) {
      throw new IllegalStateException("a page key is no JSON", broken);
    }
  }
}
