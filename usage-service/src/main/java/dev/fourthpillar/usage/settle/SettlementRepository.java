package dev.fourthpillar.usage.settle;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.google.common.hash.Hashing;
import dev.fourthpillar.usage.store.CopyStore;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** What changed in what is charged, told and not yet told. */
@Singleton
public final class SettlementRepository {
  /** Settlers of different partitions work beside each other. */
  public static final int PARTITIONS = 16;

  /** Advisory locks of this class number are the settlers'. */
  private static final int LOCK_CLASS = 5121;

  private static final CopyStore ROWS =
      new CopyStore(
          "settlement",
          """
          partition, engineer, pseudonymous, unit_id, revision, cause, usage_minute, provider,
          model, project, tool, agent, tags, quantities, currency, list_nanos, employer_nanos,
          hold_id, attempt, settled_at
          """);

  void append(Handle handle, List<Settlement> settlements, Instant now) {
    if (settlements.isEmpty()) {
      return;
    }
    ArrayNode rows = ValueCodec.array();
    settlements.forEach(
        settlement ->
            rows.add(
                ValueCodec.row(settlement, partition(settlement.change().line().engineer()))
                    .put("settled_at", now.toString())));
    ROWS.write(handle, rows);
  }

  private static int partition(String engineer) {
    int hash = Hashing.murmur3_32_fixed().hashString(engineer, StandardCharsets.UTF_8).asInt();
    return Math.floorMod(hash, PARTITIONS);
  }

  /** Partitions in which something was not told yet. */
  public List<Integer> waiting(Handle handle) {
    return handle
        .createQuery(
            """
            select p from generate_series(0, :last) p
            where exists (
              select 1 from settlement s where s.partition = p and s.line_number is null)
            """)
        .bind("last", PARTITIONS - 1)
        .mapTo(Integer.class)
        .list();
  }

  /** Makes this transaction the partition's only settler; false when another one is at it. */
  public boolean elect(Handle handle, int partition) {
    return handle
        .createQuery("select pg_try_advisory_xact_lock(:class, :partition)")
        .bind("class", LOCK_CLASS)
        .bind("partition", partition)
        .mapTo(Boolean.class)
        .one();
  }

  /** A settlement and its place in the table. */
  public record Untold(long id, Settlement settlement) {}

  /** What was not told yet, engineer by engineer, the oldest first. */
  public List<Untold> untold(Handle handle, int partition, int atMost) {
    return handle
        .createQuery(
            """
            select * from settlement where partition = :partition and line_number is null
            order by engineer, id limit :at_most
            """)
        .bind("partition", partition)
        .bind("at_most", atMost)
        .map((row, _) -> new Untold(row.getLong("id"), ValueCodec.settlement(row)))
        .list();
  }

  /** The last line of each engineer, locked: the fence, whatever elections say. */
  public Map<String, Long> heads(Handle handle, Collection<String> engineers) {
    List<String> sorted = engineers.stream().sorted().toList();
    handle
        .createUpdate(
            """
            insert into settlement_head (engineer, last_number)
            select engineer, 0 from unnest(:engineers) engineer
            on conflict do nothing
            """)
        .bindArray("engineers", String.class, sorted)
        .execute();
    Map<String, Long> heads = new HashMap<>();
    handle
        .createQuery(
            """
            select engineer, last_number from settlement_head where engineer = any(:engineers)
            order by engineer for update
            """)
        .bindArray("engineers", String.class, sorted)
        .map((row, _) -> Map.entry(row.getString("engineer"), row.getLong("last_number")))
        .forEach(entry -> heads.put(entry.getKey(), entry.getValue()));
    return heads;
  }

  /**
   * Marks settlements as told by lines.
   *
   * @throws IllegalStateException if one was told in the meantime
   */
  public void told(Handle handle, Map<Long, Long> lineOf, Map<String, Long> heads) {
    List<Map.Entry<Long, Long>> lines = List.copyOf(lineOf.entrySet());
    int marked =
        handle
            .createUpdate(
                """
                update settlement s set line_number = l.number
                from unnest(:ids, :numbers) l (id, number)
                where s.id = l.id and s.line_number is null
                """)
            .bindArray("ids", Long.class, lines.stream().map(Map.Entry::getKey).toList())
            .bindArray("numbers", Long.class, lines.stream().map(Map.Entry::getValue).toList())
            .execute();
    if (marked != lines.size()) {
      throw new IllegalStateException(
          "settlements told: %d (expected: %d)".formatted(marked, lines.size()));
    }
    List<Map.Entry<String, Long>> moved = List.copyOf(heads.entrySet());
    handle
        .createUpdate(
            """
            update settlement_head h set last_number = m.number
            from unnest(:engineers, :numbers) m (engineer, number) where h.engineer = m.engineer
            """)
        .bindArray("engineers", String.class, moved.stream().map(Map.Entry::getKey).toList())
        .bindArray("numbers", Long.class, moved.stream().map(Map.Entry::getValue).toList())
        .execute();
  }
}
