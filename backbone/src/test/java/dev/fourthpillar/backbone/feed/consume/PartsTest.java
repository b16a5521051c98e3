package dev.fourthpillar.backbone.feed.consume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.events.v1.Cursor;
import dev.fourthpillar.events.v1.Event;
import dev.fourthpillar.events.v1.PartitionBatch;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Messages are cut so that no part is too large and nothing is lost between two. */
final class PartsTest {
  @Test
  void aMessageThatFitsStaysWhole() {
    List<PartitionBatch> message = List.of(batch(0, 10, 20, 12, 15), batch(1, 0, 1, 1));

    assertThat(Parts.of(message, 3)).containsExactly(message);
    assertThat(Parts.of(List.of(), 3)).isEmpty();
  }

  @Test
  void aLargerOneIsCutAtItsEventsAlsoWithinAPartition() {
    List<List<PartitionBatch>> parts =
        Parts.of(List.of(batch(0, 10, 20, 12, 15, 16, 18, 19), batch(1, 0, 3, 1, 2)), 2);

    assertThat(parts)
        .containsExactly(
            List.of(batch(0, 10, 15, 12, 15)),
            List.of(batch(0, 15, 18, 16, 18)),
            List.of(batch(0, 18, 20, 19), batch(1, 0, 1, 1)),
            List.of(batch(1, 1, 3, 2)));
  }

  @Test
  void partitionsWithoutEventsGoWithTheirNeighbours() {
    assertThat(Parts.of(List.of(batch(0, 0, 1, 1), batch(1, 5, 9), batch(2, 0, 1, 1)), 1))
        .containsExactly(List.of(batch(0, 0, 1, 1), batch(1, 5, 9)), List.of(batch(2, 0, 1, 1)));
  }

  /** Events at these positions of what lies behind {@code from} up to {@code to}. */
  private static PartitionBatch batch(int partition, long from, long to, long... positions) {
    return PartitionBatch.newBuilder()
        .setFromPosition(from)
        .setTo(
            Cursor.newBuilder()
                .setEpoch("e")
                .setPartition(partition)
                .setPosition(to)
                .setEventId(partition + "@" + to))
        .addAllEvents(
            LongStream.of(positions).mapToObj(position -> event(partition, position)).toList())
        .setSkipped(to - from - positions.length)
        .build();
  }

  private static Event event(int partition, long position) {
    return Event.newBuilder()
        .setId(partition + "@" + position)
        .setPartition(partition)
        .setPosition(position)
        .build();
  }
}
