package dev.fourthpillar.backbone.feed;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.fourthpillar.backbone.storage.JdbiSettings;
import dev.fourthpillar.test.v1.Counted;
import dev.fourthpillar.test.v1.Noticed;
import dev.fourthpillar.test.v1.Standing;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** A feed in a test database, and the few things tests do with it. */
public final class TestFeed {
  private final Jdbi jdbi;
  private final FeedWriter writer;

  private TestFeed(Jdbi jdbi) {
    this.jdbi = jdbi;
    this.writer = new FeedWriter(UuidCreator::getTimeOrderedEpoch, () -> "", () -> {});
  }

  public static TestFeed in(DataSource dataSource, int partitions) {
    Jdbi jdbi = JdbiSettings.apply(Jdbi.create(dataSource));
    FeedSetup.ensure(jdbi, partitions, UuidCreator::getTimeOrderedEpoch);
    return new TestFeed(jdbi);
  }

  public Jdbi jdbi() {
    return jdbi;
  }

  public FeedWriter writer() {
    return writer;
  }

  public static NewEvent counted(String key, long version) {
    return NewEvent.of(key, version, Counted.newBuilder().setKey(key).setVersion(version).build());
  }

  public static NewEvent standing(String key, long version) {
    return NewEvent.of(key, version, Standing.newBuilder().setKey(key).setVersion(version).build());
  }

  public static NewEvent noticed(String key, String text) {
    return NewEvent.of(key, 0, Noticed.newBuilder().setText(text).build());
  }

  /** Commits these events as one change. */
  public void write(NewEvent... events) {
    jdbi.useTransaction(handle -> writer.append(handle, List.of(events)));
  }

  public FeedLog.Heads heads() {
    return jdbi.withHandle(FeedLog::heads);
  }

  /** The whole log, by partition and position. */
  public List<StoredEvent> log() {
    return jdbi.withHandle(TestFeed::log);
  }

  public static List<StoredEvent> log(Handle handle) {
    Map<Integer, Long> all =
        FeedLog.heads(handle).partitions().stream()
            .collect(Collectors.toMap(FeedLog.Head::partition, FeedLog.Head::floorPosition));
    return FeedLog.read(handle, all, Integer.MAX_VALUE, java.time.Instant.EPOCH);
  }

  /** {@code key@version} of each, which is all most tests compare. */
  public static List<String> names(List<StoredEvent> events) {
    return events.stream().map(e -> e.key() + "@" + e.version()).toList();
  }

  /** A key that falls into this partition. */
  public static String keyIn(int partition, int partitions) {
    return IntStream.range(0, 100_000)
        .mapToObj(i -> "key-" + i)
        .filter(key -> Math.floorMod(FeedWriter.hash(key), partitions) == partition)
        .findFirst()
        .orElseThrow();
  }
}
