package dev.fourthpillar.backbone.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.backbone.failure.FailureException;
import dev.fourthpillar.backbone.failure.Reason;
import dev.fourthpillar.testkit.stream.FakeStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When a stream of batches reads, and how it ends, without a wire. */
class BatchStreamTest {
  private final FakeStream<String> wire = FakeStream.taking();
  private Runnable drain = () -> {};
  private final List<String> decided = new ArrayList<>();
  private Runnable whileDeciding = () -> {};

  private final BatchStream<String, String> stream =
      new BatchStream<>(
          wire,
          batch -> {
            decided.add(batch);
            whileDeciding.run();
            return List.of("answer");
          });

  private void open() {
    stream.begin(
        end -> {
          drain = end;
          return () -> {};
        });
  }

  @Test
  void theNextBatchIsReadWhenTheAnswersWereTaken() {
    open();
    assertThat(wire.requested()).isEqualTo(1);

    stream.onNext("batch");
    assertThat(wire.requested()).isEqualTo(2);

    wire.pause();
    stream.onNext("batch");
    assertThat(wire.sent()).hasSize(2);
    assertThat(wire.requested()).isEqualTo(2);

    wire.take();
    assertThat(wire.requested()).isEqualTo(3);
    wire.take();
    assertThat(wire.requested()).isEqualTo(3);
  }

  @Test
  void aDrainEndsAnIdleStreamAtOnce() {
    open();
    drain.run();
    assertThat(reasonOfEnd()).isEqualTo(Reason.DRAINING);

    stream.onNext("batch");
    assertThat(decided).isEmpty();
  }

  @Test
  void aDrainWaitsForTheAnswersOfTheBatchUnderWay() {
    open();
    whileDeciding = () -> drain.run();
    stream.onNext("batch");

    assertThat(wire.sent()).hasSize(1);
    assertThat(reasonOfEnd()).isEqualTo(Reason.DRAINING);
    assertThat(wire.requested()).isEqualTo(1);
  }

  private Reason reasonOfEnd() {
    return ((FailureException) wire.end().orElseThrow()).failure().reason();
  }
}
