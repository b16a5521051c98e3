package dev.fourthpillar.backbone.feed.consume;

import dev.fourthpillar.backbone.feed.Cursor;
import dev.fourthpillar.backbone.feed.FeedLog;
import dev.fourthpillar.backbone.feed.StoredEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * The product's cursor handling, with a pause between reading and applying as long as a test likes.
 */
public final class SteppedConsumer {
  private final CursorRepository cursors;
  private List<CursorRepository.Move> moves = List.of();
  private List<StoredEvent> held = List.of();

  public SteppedConsumer(ConsumerId id) {
    this.cursors = new CursorRepository(id);
  }

  /** Creates the cursors, at the given places: a consumer that began there. */
  public void beginAt(Handle handle, List<Cursor> places) {
    cursors.ensure(handle, places);
  }

  /** Reads the cursors and the next events behind them, and holds on to both. */
  public int read(Handle handle, List<Integer> partitions, int max) {
    List<Cursor> from = cursors.read(handle, partitions);
    Map<Integer, Cursor> byPartition =
        from.stream().collect(Collectors.toMap(Cursor::partition, c -> c));
    held =
        FeedLog.read(
            handle,
            from.stream().collect(Collectors.toMap(Cursor::partition, Cursor::position)),
            max,
            Instant.EPOCH);
    Map<Integer, List<StoredEvent>> grouped =
        held.stream().collect(Collectors.groupingBy(StoredEvent::partition));
    List<CursorRepository.Move> next = new ArrayList<>();
    grouped.forEach(
        (partition, events) -> {
          Cursor c = byPartition.get(partition);
          StoredEvent last = events.getLast();
          next.add(
              new CursorRepository.Move(
                  c.position(), Cursor.at(c.epoch(), partition, last.position(), last.id())));
        });
    moves = List.copyOf(next);
    return held.size();
  }

  /** Applies what was read, in the caller's transaction. */
  public void apply(Handle handle, BiConsumer<Handle, List<StoredEvent>> effect) {
    if (moves.isEmpty()) {
      return;
    }
    cursors.advance(handle, moves);
    effect.accept(handle, held);
  }
}
