package dev.fourthpillar.comp.metered;

import com.google.protobuf.Message;
import dev.fourthpillar.backbone.feed.Cursor;
import dev.fourthpillar.backbone.feed.consume.FeedSource;
import dev.fourthpillar.backbone.feed.subscribe.CursorMapper;
import dev.fourthpillar.events.v1.Event;
import dev.fourthpillar.events.v1.GetPartitionsResponse;
import dev.fourthpillar.events.v1.Partition;
import dev.fourthpillar.events.v1.PartitionBatch;
import dev.fourthpillar.events.v1.SubscribeResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/**
 * A feed whose events stand in a random order, that delivers in random pieces, and now and then
 * delivers a piece again.
 */
final class StutteringFeed implements FeedSource {
  private static final UUID EPOCH = new UUID(0, 7);
  private static final int PARTITIONS = 4;

  private final Map<Integer, List<Event>> partitions = new HashMap<>();
  private final Random random;

  /** Events of one key stand in one partition. */
  StutteringFeed(Map<String, List<Message>> byKey, long seed) {
    random = new Random(seed);
    for (int partition = 0; partition < PARTITIONS; partition++) {
      partitions.put(partition, new ArrayList<>());
    }
    byKey.forEach(
        (key, payloads) -> {
          var shuffled = new ArrayList<>(payloads);
          Collections.shuffle(shuffled, random);
          int partition = Math.floorMod(key.hashCode(), PARTITIONS);
          var log = partitions.get(partition);
          shuffled.forEach(p -> log.add(Ledger.event(p, partition, log.size() + 1L)));
        });
  }

  int size() {
    return partitions.values().stream().mapToInt(List::size).sum();
  }

  @Override
  public GetPartitionsResponse partitions() {
    var answer = GetPartitionsResponse.newBuilder().setEpoch(EPOCH.toString());
    for (int partition = 0; partition < PARTITIONS; partition++) {
      answer.addPartitions(
          Partition.newBuilder().setFloor(CursorMapper.toProto(cursor(partition, 0))));
    }
    return answer.build();
  }

  @Override
  public Stream subscribe(List<Cursor> cursors, Set<String> types) {
    var next = new HashMap<Integer, Long>();
    cursors.forEach(cursor -> next.put(cursor.partition(), cursor.position()));
    return new Stream() {
      private SubscribeResponse last = SubscribeResponse.getDefaultInstance();

      @Override
      public Optional<SubscribeResponse> next(Duration atMost) throws InterruptedException {
        if (last.getBatchesCount() > 0 && random.nextInt(4) == 0) {
          return Optional.of(last);
        }
        var response = SubscribeResponse.newBuilder();
        next.replaceAll(
            (partition, from) -> {
              var log = partitions.get(partition);
              long to = Math.min(log.size(), from + random.nextInt(5));
              if (to > from) {
                response.addBatches(
                    PartitionBatch.newBuilder()
                        .setFromPosition(from)
                        .setTo(CursorMapper.toProto(cursor(partition, to)))
                        .addAllEvents(log.subList((int) (long) from, (int) to)));
              }
              return to;
            });
        if (response.getBatchesCount() == 0) {
          Thread.sleep(Duration.ofMillis(1));
          return Optional.empty();
        }
        last = response.build();
        return Optional.of(last);
      }

      @Override
      public void close() {}
    };
  }

  private static Cursor cursor(int partition, long position) {
    return new Cursor(
        EPOCH,
        partition,
        position,
        position == 0 ? Optional.empty() : Optional.of(new UUID(partition, position)));
  }
}
