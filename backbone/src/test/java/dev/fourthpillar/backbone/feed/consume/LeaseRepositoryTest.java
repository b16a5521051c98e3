package dev.fourthpillar.backbone.feed.consume;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.backbone.feed.TestFeed;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Partitions are spread evenly over the replicas that are alive, and none is left alone. */
@PostgresTest(migrations = "classpath:db/feed")
final class LeaseRepositoryTest {
  private static final ConsumerId CONSUMER = new ConsumerId("source", "consumer");
  private static final Set<Integer> ALL = Set.copyOf(IntStream.range(0, 64).boxed().toList());

  private Jdbi jdbi;

  @BeforeEach
  void freshLeases(TestDatabase database) {
    jdbi = TestFeed.in(database.another().dataSource(), 64).jdbi();
    jdbi.useHandle(h -> replica("any").ensure(h, List.copyOf(ALL)));
  }

  @Test
  void oneReplicaHoldsEverything() {
    assertThat(renew("a")).isEqualTo(ALL);
    assertThat(renew("a")).isEqualTo(ALL);
  }

  @Test
  void aSecondReplicaGetsItsHalfWithinTwoRenewals() {
    renew("a");
    assertThat(renew("b")).isEmpty();
    Set<Integer> first = renew("a");
    Set<Integer> second = renew("b");

    assertThat(first).hasSize(32);
    assertThat(second).hasSize(32);
    assertThat(union(first, second)).isEqualTo(ALL);
  }

  @Test
  void threeReplicasShareAndWhoHasAPartitionKeepsIt() {
    for (int i = 0; i < 3; i++) {
      renew("a");
      renew("b");
      renew("c");
    }
    Set<Integer> before = renew("b");
    assertThat(before).hasSizeBetween(20, 22);
    assertThat(renew("b")).isEqualTo(before);
    assertThat(union(renew("a"), renew("b"), renew("c"))).isEqualTo(ALL);
  }

  @Test
  void whatADeadReplicaHeldIsTakenWhenItsLeasesHaveRunOut() {
    renew("a");
    renew("b");
    renew("a");
    renew("b");
    // b is killed: its rows simply get old.
    jdbi.useHandle(
        h -> {
          h.execute(
              "update feed_lease set until = now() - interval '1 second' where holder like 'b/%'");
          h.execute(
              "update feed_replica set until = now() - interval '1 second' where holder = 'b'");
        });

    assertThat(renew("a")).isEqualTo(ALL);
  }

  @Test
  void whoLeavesLetsGoAtOnce() {
    renew("a");
    jdbi.useHandle(h -> replica("a").release(h));

    assertThat(renew("b")).isEqualTo(ALL);
  }

  @Test
  void aReplicaThatIsStartedAgainHasItsPartitionsAtOnceAndNobodyElses() {
    renew("a");
    renew("b");
    Set<Integer> others = renew("a");
    Set<Integer> killed = renew("b");

    LeaseRepository again = startedAgain("b");
    assertThat(begin(again)).isEqualTo(killed);
    assertThat(renew("a")).as("undisturbed").isEqualTo(others);
  }

  @Test
  void aProcessThatWasReplacedHasNothingAnyMoreAndTakesNothingWithIt() {
    LeaseRepository zombie = replica("a");
    assertThat(begin(zombie)).isEqualTo(ALL);
    LeaseRepository later = startedAgain("a");
    assertThat(begin(later)).isEqualTo(ALL);

    // It wakes up, looks after its leases, and ends.
    assertThat(renew(zombie)).isEmpty();
    jdbi.useHandle(zombie::release);

    assertThat(renew(later)).isEqualTo(ALL);
    assertThat(renew("b")).as("both are counted: it waits for its half").isEmpty();
  }

  @Test
  void theOneThatWasReplacedGoesOnWhenTheLaterOneIsGone() {
    LeaseRepository first = replica("a");
    begin(first);
    LeaseRepository later = startedAgain("a");
    begin(later);
    jdbi.useHandle(h -> h.execute("update feed_lease set until = now() - interval '1 second'"));

    assertThat(renew(first)).isEqualTo(ALL);
  }

  @Test
  void anUnsetNameIsNobodysPrefix() {
    begin(replica("a"));
    // Neither a longer nor a shorter name is the same replica.
    assertThat(begin(replica("a-2"))).isEmpty();
    assertThat(begin(replica(""))).isEmpty();
  }

  private Set<Integer> begin(LeaseRepository replica) {
    return jdbi.inTransaction(
        h -> {
          replica.takeOver(h);
          return replica.renew(h);
        });
  }

  private static LeaseRepository replica(String name) {
    UUID start = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    return new LeaseRepository(CONSUMER, name, start, Duration.ofMinutes(1));
  }

  private static LeaseRepository startedAgain(String name) {
    return new LeaseRepository(CONSUMER, name, UUID.randomUUID(), Duration.ofMinutes(1));
  }

  private Set<Integer> renew(String name) {
    return renew(replica(name));
  }

  private Set<Integer> renew(LeaseRepository replica) {
    return jdbi.inTransaction(replica::renew);
  }

  @SafeVarargs
  private static Set<Integer> union(Set<Integer>... sets) {
    Set<Integer> all = new HashSet<>();
    int size = 0;
    for (Set<Integer> set : sets) {
      all.addAll(set);
      size += set.size();
    }
    assertThat(all).as("no partition twice").hasSize(size);
    return all;
  }
}
