package dev.fourthpillar.benchmarks.suite;

import dev.fourthpillar.cli.suite.Suite;
import dev.fourthpillar.usage.v1.RecordedUsage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** Usage of everybody and of 20 models, of which 1 % comes twice, in calls of RecordUsage. */
final class IngestLoad {
  static final int OBJECTS_A_CALL = 1_000;

  private static final int MODELS = 20;
  private static final int DUPLICATES_PERCENT = 1;
  private static final int SECONDS_BACK = 3_600;

  private final Staff staff;
  private final UsageObjects usage;

  IngestLoad(Suite suite, Staff staff) {
    this.staff = staff;
    this.usage = new UsageObjects(suite);
  }

  /** Closed loop. Returns how many objects were new. */
  int ingest(int callers, int calls) {
    AtomicInteger next = new AtomicInteger();
    AtomicInteger accepted = new AtomicInteger();
    Load.onThreads(
        callers,
        _ -> {
          while (next.getAndIncrement() < calls) {
            accepted.addAndGet(one(OBJECTS_A_CALL));
          }
        });
    return accepted.get();
  }

  /** One call; returns how many objects were new. */
  int one(int objects) {
    return usage.record(call(objects));
  }

  private List<RecordedUsage> call(int size) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    List<RecordedUsage> objects = new ArrayList<>(size);
    int duplicates = size * DUPLICATES_PERCENT / 100;
    for (int i = 0; i < size - duplicates; i++) {
      objects.add(
          UsageObjects.of(
              staff.id(random.nextInt(staff.size())),
              random.nextInt(MODELS),
              Instant.now().minusSeconds(random.nextInt(SECONDS_BACK))));
    }
    objects.addAll(objects.subList(0, duplicates));
    return objects;
  }
}
