package dev.fourthpillar.usage.emit;

import dev.fourthpillar.backbone.feed.FeedWriter;
import dev.fourthpillar.backbone.feed.NewEvent;
import dev.fourthpillar.backbone.storage.Transactions;
import dev.fourthpillar.usage.settle.SettlementRepository;
import dev.fourthpillar.usage.settle.SettlementRepository.Untold;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * Turns committed settlements into numbered lines. Numbers, marks and event are one transaction: a
 * settler that dies has done nothing, and of two at the same time one waits for the other's fence.
 */
@Singleton
final class SettlerService {
  /** Of one event. */
  static final int MAX_LINES = 500;

  /** An event holds 256 KiB; a character may take four bytes, and numbers need room as well. */
  private static final int MAX_CHARS = 30_000;

  /** Of one transaction. */
  private static final int MAX_SETTLEMENTS = 5_000;

  private final Transactions transactions;
  private final SettlementRepository settlements;
  private final FeedWriter feed;

  SettlerService(Transactions transactions, SettlementRepository settlements, FeedWriter feed) {
    this.transactions = transactions;
    this.settlements = settlements;
    this.feed = feed;
  }

  /** One transaction for each partition with work; returns how many lines it told. */
  int tick() {
    int told = 0;
    for (int partition : transactions.run(settlements::waiting)) {
      told += transactions.run(handle -> settle(handle, partition));
    }
    return told;
  }

  int settle(Handle handle, int partition) {
    if (!settlements.elect(handle, partition)) {
      return 0;
    }
    Map<String, List<Untold>> byEngineer = new LinkedHashMap<>();
    settlements
        .untold(handle, partition, MAX_SETTLEMENTS)
        .forEach(
            untold ->
                byEngineer
                    .computeIfAbsent(
                        untold.settlement().change().line().engineer(), _ -> new ArrayList<>())
                    .add(untold));
    if (byEngineer.isEmpty()) {
      return 0;
    }
    Map<String, Long> heads = settlements.heads(handle, byEngineer.keySet());
    Map<Long, Long> lineOf = new HashMap<>();
    Map<String, Long> moved = new HashMap<>();
    List<NewEvent> events = new ArrayList<>();
    int told = 0;
    for (Map.Entry<String, List<Untold>> entry : byEngineer.entrySet()) {
      Lines lines = new Lines(MAX_LINES, MAX_CHARS);
      for (Untold untold : entry.getValue()) {
        if (!lines.add(untold)) {
          break;
        }
      }
      long head = heads.getOrDefault(entry.getKey(), 0L);
      events.add(SettledMapper.event(entry.getKey(), head + 1, lines.lines()));
      for (Lines.Line line : lines.lines()) {
        head++;
        long number = head;
        line.settlements().forEach(id -> lineOf.put(id, number));
      }
      moved.put(entry.getKey(), head);
      told += lines.lines().size();
    }
    settlements.told(handle, lineOf, moved);
    feed.append(handle, events);
    return told;
  }
}
