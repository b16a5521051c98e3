package dev.fourthpillar.budget.plan;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Versions of plans, and whose they are. */
@Singleton
public final class PlanRepository {

  /** Another number after each change of a plan. */
  long revision(Handle handle) {
    return handle.createQuery("select revision from plan_revision").mapTo(Long.class).one();
  }

  /** All plans that were made. */
  List<PlanHistory> all(Handle handle) {
    Map<String, List<PlanHistory.Version>> byId = new LinkedHashMap<>();
    handle
        .createQuery(
            "select plan, effective_from, body from plan_version order by plan, effective_from")
        .map(
            (row, _) ->
                Map.entry(
                    row.getString("plan"),
                    new PlanHistory.Version(
                        row.getObject("effective_from", LocalDate.class),
                        PlanCodec.fromBytes(row.getBytes("body")))))
        .forEach(e -> byId.computeIfAbsent(e.getKey(), _ -> new ArrayList<>()).add(e.getValue()));
    return byId.entrySet().stream().map(e -> new PlanHistory(e.getKey(), e.getValue())).toList();
  }

  /**
   * Who changes plans does so one after the other: what there is is read under this lock, which
   * ends with the transaction.
   */
  public void lock(Handle handle) {
    handle.createQuery("select revision from plan_revision for update").mapTo(Long.class).one();
  }

  /** Keeps a version; later ones are gone. */
  public void put(Handle handle, PlanHistory.Version version, String author, Instant now) {
    handle
        .createUpdate("delete from plan_version where plan = :plan and effective_from >= :from")
        .bind("plan", version.plan().id())
        .bind("from", version.from())
        .execute();
    handle
        .createUpdate(
            """
            insert into plan_version (plan, effective_from, body, author, recorded_at)
            values (:plan, :from, :body, :author, :now)
            """)
        .bind("plan", version.plan().id())
        .bind("from", version.from())
        .bind("body", PlanCodec.toBytes(version.plan()))
        .bind("author", author)
        .bind("now", now)
        .execute();
    // Of a sequence, so that no number is given twice where a transaction fails.
    handle.createUpdate("update plan_revision set revision = nextval('plan_change')").execute();
  }

  /** Keeps an assignment; those from its day on are gone. */
  public void assign(
      Handle handle, String engineer, Assignment assignment, String author, Instant now) {
    handle
        .createUpdate(
            """
            delete from plan_assignment where engineer = :engineer and effective_from >= :from
            """)
        .bind("engineer", engineer)
        .bind("from", assignment.from())
        .execute();
    handle
        .createUpdate(
            """
            insert into plan_assignment (engineer, effective_from, plan, author, recorded_at)
            values (:engineer, :from, :plan, :author, :now)
            """)
        .bind("engineer", engineer)
        .bind("from", assignment.from())
        .bind("plan", assignment.plan())
        .bind("author", author)
        .bind("now", now)
        .execute();
  }

  /** The assignments of these people, by day; who has none is not in it. */
  public Map<String, List<Assignment>> assignments(Handle handle, Collection<String> engineers) {
    Map<String, List<Assignment>> byEngineer = new HashMap<>();
    handle
        .createQuery(
            """
            select engineer, effective_from, plan from plan_assignment
            where engineer = any (:engineers)
            order by engineer, effective_from
            """)
        .bindArray("engineers", String.class, List.copyOf(engineers))
        .map(
            (row, _) ->
                Map.entry(
                    row.getString("engineer"),
                    new Assignment(
                        row.getObject("effective_from", LocalDate.class), row.getString("plan"))))
        .forEach(
            e -> byEngineer.computeIfAbsent(e.getKey(), _ -> new ArrayList<>()).add(e.getValue()));
    return byEngineer;
  }
}
