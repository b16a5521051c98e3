package dev.fourthpillar.backbone.feed.consume;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.fourthpillar.backbone.feed.Cursor;
import dev.fourthpillar.backbone.feed.TestFeed;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.awaitility.Awaitility;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A cursor moves from where its mover believes it to be, or not at all. */
@PostgresTest(migrations = "classpath:db/feed")
final class CursorRepositoryTest {
  private static final UUID EPOCH = UuidCreator.getTimeOrderedEpoch();
  private static final UUID EVENT = UuidCreator.getTimeOrderedEpoch();

  private final CursorRepository cursors = new CursorRepository(new ConsumerId("source", "test"));
  private Jdbi jdbi;

  @BeforeEach
  void freshCursors(TestDatabase database) {
    jdbi = TestFeed.in(database.another().dataSource(), 1).jdbi();
    jdbi.useHandle(h -> cursors.ensure(h, List.of(Cursor.start(EPOCH, 0), Cursor.start(EPOCH, 1))));
  }

  @Test
  void ofTwoThatMoveTheSameCursorAtTheSameTimeTheSecondWaitsAndIsRefused() {
    CompletableFuture<Void> second;
    try (Handle first = jdbi.open()) {
      first.begin();
      cursors.advance(first, List.of(move(0, 0, 5)));
      second =
          CompletableFuture.runAsync(
              () -> jdbi.useTransaction(h -> cursors.advance(h, List.of(move(0, 0, 7)))));
      Awaitility.await()
          .atMost(Duration.ofSeconds(20))
          .until(
              () ->
                  jdbi.withHandle(
                      h ->
                          h.createQuery(
                                  """
                                  select exists (
                                    select from pg_stat_activity
                                    where datname = current_database() and wait_event_type = 'Lock')
                                  """)
                              .mapTo(boolean.class)
                              .one()));
      assertThat(second).isNotDone();
      first.commit();
    }

    assertThatThrownBy(second::join)
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(StaleConsumerException.class);
    assertThat(position(0)).isEqualTo(5);
  }

  @Test
  void whenOneOfSeveralCursorsIsElsewhereNoneMoves() {
    jdbi.useTransaction(h -> cursors.advance(h, List.of(move(1, 0, 3))));

    assertThatThrownBy(
            () ->
                jdbi.useTransaction(h -> cursors.advance(h, List.of(move(0, 0, 5), move(1, 0, 5)))))
        .isInstanceOf(StaleConsumerException.class)
        .hasMessageContaining("1 cursors of consumer 'test' of 'source'");
    assertThat(position(0)).isZero();
    assertThat(position(1)).isEqualTo(3);
  }

  @Test
  void anotherEpochIsRefusedAtTheSamePosition() {
    Cursor foreign = Cursor.at(UuidCreator.getTimeOrderedEpoch(), 0, 5, EVENT);

    assertThatThrownBy(
            () ->
                jdbi.useTransaction(
                    h -> cursors.advance(h, List.of(new CursorRepository.Move(0, foreign)))))
        .isInstanceOf(StaleConsumerException.class);
  }

  @Test
  void aConsumerThatIsKnownKeepsItsCursors() {
    jdbi.useTransaction(h -> cursors.advance(h, List.of(move(0, 0, 5))));
    jdbi.useHandle(h -> cursors.ensure(h, List.of(Cursor.start(EPOCH, 0))));

    assertThat(position(0)).isEqualTo(5);
  }

  private static CursorRepository.Move move(int partition, long from, long to) {
    return new CursorRepository.Move(from, Cursor.at(EPOCH, partition, to, EVENT));
  }

  private long position(int partition) {
    return jdbi.withHandle(h -> cursors.read(h, List.of(partition))).getFirst().position();
  }
}
