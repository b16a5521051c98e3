package dev.fourthpillar.backbone.repeat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Work on time, as long as the service runs and no longer. */
final class RepeatedTest {
  private static final Duration SHORT = Duration.ofMillis(1);
  private static final Duration LONG = Duration.ofHours(1);

  private final AtomicInteger runs = new AtomicInteger();

  @Test
  void whatFailsIsDoneAgain() {
    Runnable failing =
        () -> {
          if (runs.incrementAndGet() % 2 == 0) {
            throw new AssertionError("a failure of this test");
          }
          throw new IllegalStateException("a failure of this test");
        };
    try (Repeated _ = Repeated.start("fail", SHORT, failing)) {
      await().until(() -> runs.get() >= 3);
    }
  }

  @Test
  void itBeginsAtOnceOrAfterThePause() {
    AtomicInteger later = new AtomicInteger();
    try (Repeated _ = Repeated.startAfterPause("later", LONG, later::incrementAndGet);
        Repeated _ = Repeated.start("now", LONG, runs::incrementAndGet);
        Repeated _ = Repeated.startAfterPause("soon", SHORT, runs::incrementAndGet)) {
      await().until(() -> runs.get() >= 3);
    }
    assertThat(later).hasValue(0);
  }

  @Test
  void whatIsUnderWayIsFinishedBeforeItIsClosed() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicBoolean finished = new AtomicBoolean();
    Repeated repeated =
        Repeated.start(
            "wait",
            SHORT,
            () -> {
              runs.incrementAndGet();
              begun.countDown();
              try {
                goOn.await();
                finished.set(true);
              } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
              }
            });
    begun.await();

    Thread closing = Thread.ofVirtual().start(repeated::close);
    await().until(() -> closing.getState() == Thread.State.TIMED_WAITING);
    assertThat(finished).isFalse();
    goOn.countDown();

    closing.join();
    assertThat(finished).isTrue();
    assertThat(runs).as("nothing begins once it is being closed").hasValue(1);
  }
}
