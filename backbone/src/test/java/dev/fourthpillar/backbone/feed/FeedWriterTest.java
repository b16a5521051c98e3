package dev.fourthpillar.backbone.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.fourthpillar.access.v1.Role;
import dev.fourthpillar.backbone.feed.sequence.SteppedSequencer;
import dev.fourthpillar.test.v1.Counted;
import dev.fourthpillar.test.v1.Noticed;
import dev.fourthpillar.test.v1.Plain;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.Test;

/** Events are written with their change, or not at all, and only those the contract knows. */
@PostgresTest(migrations = "classpath:db/feed")
final class FeedWriterTest {

  @Test
  void eventsAreRefusedOutsideATransaction(TestDatabase database) {
    TestFeed feed = TestFeed.in(database.dataSource(), 4);
    try (Handle handle = feed.jdbi().open()) {
      assertThatThrownBy(() -> feed.writer().append(handle, TestFeed.counted("a", 1)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("in the transaction of their change");
    }
  }

  @Test
  void aChangeAndItsEventsGoInOneStatement(TestDatabase database) {
    TestFeed feed = TestFeed.in(database.another().dataSource(), 4);
    try (Handle handle = feed.jdbi().open()) {
      handle.execute("create table journal (line text)");
      handle.useTransaction(
          h ->
              feed.writer()
                  .appendWith(
                      h,
                      "insert into journal (line) values (:line)",
                      List.of(TestFeed.counted("a", 1).about("ada"), TestFeed.noticed("b", "n")))
                  .bind("line", "booked")
                  .execute());
      new SteppedSequencer(handle).drain(10);

      assertThat(handle.createQuery("select line from journal").mapTo(String.class).list())
          .containsExactly("booked");
      StoredEvent first =
          feed.log().stream().filter(e -> e.key().equals("a")).findFirst().orElseThrow();
      StoredEvent second =
          feed.log().stream().filter(e -> e.key().equals("b")).findFirst().orElseThrow();
      assertThat(first.owner()).contains("ada");
      assertThat(first.audience())
          .isEqualTo(Audience.of(Set.of(Role.ROLE_SERVICE, Role.ROLE_FINANCE)));
      assertThat(first.changeId()).isEqualTo(second.changeId());
      assertThat(first.partition()).isEqualTo(Math.floorMod(FeedWriter.hash("a"), 4));
    }
  }

  @Test
  void statementsAndTheirEventsGoInOneRoundTrip(TestDatabase database) {
    TestFeed feed = TestFeed.in(database.another().dataSource(), 1);
    try (Handle handle = feed.jdbi().open()) {
      handle.execute("create table account (id int primary key, version int not null)");
      handle.execute("create table journal (line text)");
      handle.execute("insert into account values (1, 6), (2, 6)");
      String change =
          """
          update account set version = 7;
          insert into journal (line) values (:line)
          """;
      int first =
          handle.inTransaction(
              h ->
                  feed.writer()
                      .appendAfter(
                          h, change, List.of(TestFeed.counted("1", 7), TestFeed.counted("2", 7)))
                      .bind("line", "both")
                      .execute());
      new SteppedSequencer(handle).drain(10);

      assertThat(first).as("rows of the first statement").isEqualTo(2);
      assertThat(handle.createQuery("select line from journal").mapTo(String.class).list())
          .containsExactly("both");
      assertThat(feed.log()).extracting(StoredEvent::key).containsExactly("1", "2");
    }
  }

  @Test
  void aStatementThatFailsTakesTheEventsWithIt(TestDatabase database) {
    TestFeed feed = TestFeed.in(database.another().dataSource(), 1);
    try (Handle handle = feed.jdbi().open()) {
      handle.execute("create table journal (line text primary key)");
      handle.execute("insert into journal values ('there')");
      assertThatThrownBy(
              () ->
                  handle.useTransaction(
                      h ->
                          feed.writer()
                              .appendAfter(
                                  h,
                                  "insert into journal values ('there')",
                                  List.of(TestFeed.counted("1", 1)))
                              .execute()))
          .isInstanceOf(JdbiException.class);
      new SteppedSequencer(handle).drain(10);

      assertThat(feed.log()).isEmpty();
    }
  }

  @Test
  void aChangeThatChangedNothingTellsNothing(TestDatabase database) {
    TestFeed feed = TestFeed.in(database.another().dataSource(), 1);
    try (Handle handle = feed.jdbi().open()) {
      handle.execute("create table account (id int primary key, version int not null)");
      handle.execute("insert into account values (1, 7)");
      String ifStillAtSix = "update account set version = 8 where id = 1 and version = 6";
      int told =
          handle.inTransaction(
              h ->
                  feed.writer()
                      .appendWith(h, ifStillAtSix, List.of(TestFeed.counted("1", 8)))
                      .execute());
      new SteppedSequencer(handle).drain(10);

      assertThat(told).isZero();
      assertThat(feed.log()).isEmpty();
    }
  }

  @Test
  void anOwnerIsOnlyStoredWhereTheTypeLetsOwnersSeeIt(TestDatabase database) {
    TestFeed feed = TestFeed.in(database.another().dataSource(), 1);
    feed.write(TestFeed.noticed("a", "n").about("ada"));
    try (Handle handle = feed.jdbi().open()) {
      new SteppedSequencer(handle).drain(10);
    }
    assertThat(feed.log().getFirst().owner()).isEmpty();
  }

  @Test
  void whatTheContractDoesNotKnowIsRefused() {
    assertThatThrownBy(() -> NewEvent.of("a", 1, Plain.getDefaultInstance()))
        .hasMessageContaining("fourthpillar.test.v1.Plain is no event");
    assertThatThrownBy(() -> NewEvent.of("a", 0, Counted.getDefaultInstance()))
        .hasMessageContaining("version of fourthpillar.test.v1.Counted: 0 (expected: >= 1)");
    assertThatThrownBy(() -> NewEvent.of("a", 7, Noticed.getDefaultInstance()))
        .hasMessageContaining("version of fourthpillar.test.v1.Noticed: 7 (expected: 0)");
    assertThatThrownBy(() -> NewEvent.of("", 1, Counted.getDefaultInstance()))
        .hasMessageContaining("key: 0 characters (expected: 1 to 200)");
    assertThatThrownBy(() -> NewEvent.of("k".repeat(201), 1, Counted.getDefaultInstance()))
        .hasMessageContaining("key: 201 characters");
    Noticed large =
        Noticed.newBuilder()
            .setTextBytes(ByteString.copyFromUtf8("x".repeat(FeedLimits.MAX_PAYLOAD_BYTES)))
            .build();
    assertThatThrownBy(() -> new NewEvent("a", Optional.empty(), 0, large, false))
        .hasMessageContaining("bytes (expected: at most 262144)");
  }

  @Test
  void aKeyNeverChangesItsPartition() {
    // Worked out with an independent MurmurHash3 x86 32 of the UTF-8 bytes, seed 0.
    assertThat(FeedWriter.hash("")).isEqualTo(0);
    assertThat(FeedWriter.hash("hello")).isEqualTo(0x248bfa47);
    assertThat(FeedWriter.hash("The quick brown fox jumps over the lazy dog"))
        .isEqualTo(0x2e4ff723);
  }
}
