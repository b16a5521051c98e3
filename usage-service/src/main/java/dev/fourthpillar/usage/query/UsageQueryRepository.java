package dev.fourthpillar.usage.query;

import dev.fourthpillar.backbone.paging.PageRequest;
import dev.fourthpillar.usage.query.UsageQuery.Dimension;
import dev.fourthpillar.usage.query.UsageQuery.Interval;
import dev.fourthpillar.usage.settle.UnitValue;
import dev.fourthpillar.usage.settle.ValueCodec;
import jakarta.inject.Singleton;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Sums and units, read. */
@Singleton
final class UsageQueryRepository {
  private static final List<String> COUNTED =
      List.of("UNATTRIBUTED", "UNPRICED", "WAITING", "SETTLED");

  /** Groups in order; one more than the page, to know whether there are more. */
  List<UsageSums> sums(Handle handle, UsageQuery query, List<String> after) {
    List<String> keys = keys(query);
    String names = names(keys.size(), "g%d");
    String grouped =
        IntStream.range(0, keys.size())
            .mapToObj(i -> keys.get(i) + " as g" + i)
            .collect(Collectors.joining(", "));
    String filters =
        query.filter().keySet().stream()
            .map(d -> " and " + d.column() + " = :f_" + d.name())
            .collect(Collectors.joining());
    if (query.manager().isPresent()) {
      filters += " and p.manager = :manager and p.manager <> ''";
    }
    boolean single = keys.isEmpty();
    String page =
        single
            ? "select 1 as one"
            : "select distinct %s from g %s order by %s limit :rows"
                .formatted(
                    names,
                    after.isEmpty()
                        ? ""
                        : "where (%s) > (%s)".formatted(names, names(keys.size(), ":a%d")),
                    names);
    String sql =
        """
        with r as (
          select %s r.subject, r.state as s, r.meter as m, r.currency as c, sum(r.units) as units,
                 sum(r.quantity) as quantity, sum(r.list) as list, sum(r.employer) as employer
          from rollup r left join person p on p.engineer = r.subject
          where r.quarter >= :from and r.quarter < :until and r.state = any(:states) %s
          group by %s r.subject, s, m, c
          having sum(r.units) <> 0 or sum(r.quantity) <> 0 or sum(r.list) <> 0
            or sum(r.employer) <> 0),
        people as (
          select %s count(distinct subject) as people from r where subject <> '' %s),
        g as (
          select %s s, m, c, sum(units) as units, sum(quantity) as quantity, sum(list) as list,
                 sum(employer) as employer
          from r group by %s s, m, c),
        page as (%s)
        select g.*, coalesce(people.people, 0) as people
        from g %s left join people %s
        order by %s s, m
        """
            .formatted(
                single ? "" : grouped + ",",
                filters,
                single ? "" : names + ",",
                single ? "" : names + ",",
                single ? "" : "group by " + names,
                single ? "" : names + ",",
                single ? "" : names + ",",
                page,
                single ? "cross join page" : "join page using (" + names + ")",
                single ? "on true" : "using (" + names + ")",
                single ? "" : names + ",");
    Query statement =
        handle
            .createQuery(sql.replace("<", "\\<"))
            .bind("from", query.from())
            .bind("until", query.until())
            .bindArray("states", String.class, query.states().isEmpty() ? COUNTED : query.states());
    query.filter().forEach((dimension, value) -> statement.bind("f_" + dimension.name(), value));
    query.manager().ifPresent(manager -> statement.bind("manager", manager));
    if (query.interval() != Interval.NONE) {
      statement.bind("zone", query.zone().getId());
    }
    if (!single) {
      statement.bind("rows", query.page().size() + 1);
      for (int i = 0; i < after.size(); i++) {
        statement.bind("a" + i, after.get(i));
      }
    }
    Map<List<String>, Group> groups = new LinkedHashMap<>();
    statement.map((row, _) -> add(groups, row, keys.size())).list();
    return groups.entrySet().stream().map(entry -> entry.getValue().sums(entry.getKey())).toList();
  }

  private static List<String> keys(UsageQuery query) {
    List<String> keys = new ArrayList<>();
    if (query.interval() != Interval.NONE) {
      keys.add(span(query.interval()));
    }
    query.groupBy().forEach(dimension -> keys.add(dimension.column() + " collate \"C\""));
    return keys;
  }

  /** What a manager's question may look at, filters apart. */
  private static final String OF_REPORTS =
      """
      from rollup r join person p on p.engineer = r.subject
      where r.quarter >= :from and r.quarter < :until and r.state = any(:counted)
        and p.manager = :manager and p.manager <> ''
        and (r.units <> 0 or r.quantity <> 0 or r.list <> 0 or r.employer <> 0)
      """;

  /** Of the whole answer the groups of fewer people, with who they are. */
  List<Withholding.Small> small(Handle handle, UsageQuery query, int smallest, int atMost) {
    List<String> keys = keys(query);
    String grouped =
        IntStream.range(0, keys.size())
            .mapToObj(i -> keys.get(i) + " as g" + i + ", ")
            .collect(Collectors.joining());
    String filters =
        filters(query).stream().map(filter -> " and " + filter).collect(Collectors.joining());
    String sql =
        """
        select %s array_agg(distinct r.subject) as people
        %s %s
        %s having count(distinct r.subject) < :smallest
        limit :rows
        """
            .formatted(
                grouped,
                OF_REPORTS,
                filters,
                keys.isEmpty() ? "" : "group by " + names(keys.size(), "g%d"));
    return ofReports(handle, sql, query)
        .bind("smallest", smallest)
        .bind("rows", atMost)
        .map(
            (row, _) ->
                new Withholding.Small(
                    values(row, keys.size()),
                    // No group at all has no people.
                    row.getArray("people") == null
                        ? Set.of()
                        : Set.of((String[]) row.getArray("people").getArray())))
        .list();
  }

  /** Whose usage the filters leave out, and which. */
  List<Withholding.LeftOut> leftOut(Handle handle, UsageQuery query) {
    List<String> filters = filters(query);
    if (filters.isEmpty()) {
      return List.of();
    }
    String failed =
        IntStream.range(0, filters.size())
            .mapToObj(i -> "case when %s then 0 else %d end".formatted(filters.get(i), 1 << i))
            .collect(Collectors.joining(" + "));
    String sql =
        """
        select distinct failed, subject
        from (select %s as failed, r.subject %s) left_out
        where failed <> 0
        """
            .formatted(failed, OF_REPORTS);
    return ofReports(handle, sql, query)
        .map((row, _) -> new Withholding.LeftOut(row.getInt("failed"), row.getString("subject")))
        .list();
  }

  private static List<String> filters(UsageQuery query) {
    List<String> filters = new ArrayList<>();
    query.filter().keySet().stream()
        .sorted()
        .forEach(dimension -> filters.add(dimension.column() + " = :f_" + dimension.name()));
    if (!query.states().isEmpty()) {
      filters.add("r.state = any(:states)");
    }
    return filters;
  }

  private static Query ofReports(Handle handle, String sql, UsageQuery query) {
    Query statement =
        handle
            .createQuery(sql.replace("<", "\\<"))
            .bind("from", query.from())
            .bind("until", query.until())
            .bind("manager", query.manager().orElse(""))
            .bindArray("counted", String.class, COUNTED);
    query.filter().forEach((dimension, value) -> statement.bind("f_" + dimension.name(), value));
    if (!query.states().isEmpty()) {
      statement.bindArray("states", String.class, query.states());
    }
    if (sql.contains(":zone")) {
      statement.bind("zone", query.zone().getId());
    }
    return statement;
  }

  /** As text that sorts like the time it names: its begin in seconds since 1970. */
  private static String span(Interval interval) {
    String begin =
        switch (interval) {
          // By subtraction: where clocks are set back, an hour comes twice.
          case HOUR ->
              "r.quarter - make_interval(mins => extract(minute from r.quarter at time zone :zone)::int)";
          case DAY -> "date_trunc('day', r.quarter at time zone :zone) at time zone :zone";
          case WEEK -> "date_trunc('week', r.quarter at time zone :zone) at time zone :zone";
          case MONTH -> "date_trunc('month', r.quarter at time zone :zone) at time zone :zone";
          case NONE -> throw new IllegalArgumentException("interval: NONE (expected: a span)");
        };
    return "lpad(extract(epoch from %s)::bigint::text, 12, '0') collate \"C\"".formatted(begin);
  }

  private static String names(int count, String pattern) {
    return IntStream.range(0, count).mapToObj(pattern::formatted).collect(Collectors.joining(", "));
  }

  private static Group add(Map<List<String>, Group> groups, ResultSet row, int keys)
      throws SQLException {
    Group group = groups.computeIfAbsent(values(row, keys), _ -> new Group());
    group.add(row);
    return group;
  }

  private static List<String> values(ResultSet row, int keys) throws SQLException {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < keys; i++) {
      values.add(row.getString("g" + i));
    }
    return values;
  }

  private static final class Group {
    private long people;
    private String currency = "";
    private UsageSums.Money total = UsageSums.Money.ZERO;
    private final TreeMap<String, BigInteger> quantities = new TreeMap<>();
    private final Map<String, UsageSums.Money> byState = new TreeMap<>();

    void add(ResultSet row) throws SQLException {
      people = row.getLong("people");
      if (!row.getString("c").isEmpty()) {
        currency = row.getString("c");
      }
      UsageSums.Money money =
          new UsageSums.Money(
              row.getLong("units"),
              row.getBigDecimal("list").toBigIntegerExact(),
              row.getBigDecimal("employer").toBigIntegerExact());
      total = total.plus(money);
      byState.merge(row.getString("s"), money, UsageSums.Money::plus);
      BigInteger quantity = row.getBigDecimal("quantity").toBigIntegerExact();
      if (!row.getString("m").isEmpty() && quantity.signum() != 0) {
        quantities.merge(row.getString("m"), quantity, BigInteger::add);
      }
    }

    UsageSums sums(List<String> key) {
      return new UsageSums(key, people, currency, total, quantities, byState);
    }
  }

  /** An engineer's units, the newest first; one more than the page. */
  List<UnitValue> records(
      Handle handle,
      String engineer,
      Optional<Instant> from,
      Optional<Instant> until,
      Optional<RecordKey> after,
      PageRequest page) {
    return handle
        .createQuery(
            """
            select * from unit_value
            where subject = :engineer
              and event_time >= coalesce(:from, timestamptz '-infinity')
              and event_time \\< coalesce(:until, timestamptz 'infinity')
              and (event_time, unit_id) \\<
                  (coalesce(:after_time, timestamptz 'infinity'), :after_unit)
            order by event_time desc, unit_id desc
            limit :rows
            """)
        .bind("engineer", engineer)
        .bind("from", from.orElse(null))
        .bind("until", until.orElse(null))
        .bind("after_time", after.map(RecordKey::eventTime).orElse(null))
        .bind("after_unit", after.map(RecordKey::unit).orElse(Long.MAX_VALUE))
        .bind("rows", page.size() + 1)
        .map((row, _) -> ValueCodec.value(row))
        .list();
  }

  /** Where a page of units ends. */
  record RecordKey(Instant eventTime, long unit) {}

  /** The counted units of a session. */
  List<UnitValue> session(Handle handle, String engineer, String session, int atMost) {
    return handle
        .createQuery(
            """
            select * from unit_value
            where subject = :engineer and session = :session and session \\<> ''
              and state not in ('SUPPRESSED', 'VOID')
            order by event_time, unit_id
            limit :rows
            """)
        .bind("engineer", engineer)
        .bind("session", session)
        .bind("rows", atMost)
        .map((row, _) -> ValueCodec.value(row))
        .list();
  }

  /** Whether a grouping shows persons. */
  static boolean personal(UsageQuery query) {
    return query.groupBy().contains(Dimension.ENGINEER)
        || query.filter().containsKey(Dimension.ENGINEER);
  }
}
