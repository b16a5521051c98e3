package dev.fourthpillar.backbone.feed.subscribe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.fourthpillar.backbone.feed.StoredEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * The buffer holds the newest events, says when it does not hold them, and never grows past its
 * bytes.
 */
final class TailBufferTest {
  private static final UUID ID = UUID.fromString("0197a1b2-0000-7000-8000-000000000000");

  @Test
  void givesWhatFollowsAPositionUpToTheAskedNumber() {
    TailBuffer buffer = new TailBuffer(1_000_000, 10, Optional.of(ID));
    buffer.append(events(11, 20));

    assertThat(positions(buffer.after(14, 3))).containsExactly(15L, 16L, 17L);
    assertThat(positions(buffer.after(10, 100))).hasSize(10);
    assertThat(positions(buffer.after(20, 100))).isEmpty();
  }

  @Test
  void saysWhenTheDatabaseHasToBeAsked() {
    TailBuffer buffer = new TailBuffer(1_000_000, 10, Optional.of(ID));
    assertThat(buffer.after(9, 1)).isEmpty();
    buffer.append(events(11, 12));
    assertThat(buffer.after(9, 1)).isEmpty();
    assertThat(buffer.after(10, 1)).isPresent();
  }

  @Test
  void forgetsTheOldestWhenItsBytesAreUsedUp() {
    int weight = events(1, 1).getFirst().weightBytes();
    TailBuffer buffer = new TailBuffer(3 * weight, 0, Optional.empty());
    buffer.append(events(1, 10));

    assertThat(buffer.after(6, 10)).isEmpty();
    assertThat(positions(buffer.after(7, 10))).containsExactly(8L, 9L, 10L);
    assertThat(buffer.last()).isEqualTo(10);
  }

  @Test
  void refusesAGap() {
    TailBuffer buffer = new TailBuffer(1_000, 10, Optional.of(ID));
    assertThatThrownBy(() -> buffer.append(events(12, 12)))
        .hasMessageContaining("position 12 follows 10");
  }

  private static List<Long> positions(Optional<List<StoredEvent>> events) {
    return events.orElseThrow().stream().map(StoredEvent::position).toList();
  }

  private static List<StoredEvent> events(long from, long to) {
    return LongStream.rangeClosed(from, to)
        .mapToObj(
            position ->
                new StoredEvent(
                    0,
                    position,
                    ID,
                    "type",
                    "key",
                    Optional.empty(),
                    0,
                    0,
                    false,
                    ID,
                    "",
                    Instant.EPOCH,
                    ByteString.copyFromUtf8("payload")))
        .toList();
  }
}
