package dev.fourthpillar.budget.enforcement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.backbone.failure.FailureException;
import dev.fourthpillar.backbone.failure.Reason;
import dev.fourthpillar.budget.v1.EnforceRequest;
import dev.fourthpillar.budget.v1.EnforceResponse;
import dev.fourthpillar.testkit.stream.FakeStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When a stream of batches reads, and how it ends, without a wire. */
class CommandStreamTest {
  private final FakeStream<EnforceResponse> wire = FakeStream.taking();
  private Runnable drain = () -> {};
  private final List<EnforceRequest> decided = new ArrayList<>();
  private Runnable whileDeciding = () -> {};

  private final CommandStreamEndpoint stream =
      new CommandStreamEndpoint(
          wire,
          batch -> {
            decided.add(batch);
            whileDeciding.run();
            return List.of(EnforceResponse.getDefaultInstance());
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

    stream.onNext(EnforceRequest.getDefaultInstance());
    assertThat(wire.requested()).isEqualTo(2);

    wire.pause();
    stream.onNext(EnforceRequest.getDefaultInstance());
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

    stream.onNext(EnforceRequest.getDefaultInstance());
    assertThat(decided).isEmpty();
  }

  @Test
  void aDrainWaitsForTheAnswersOfTheBatchUnderWay() {
    open();
    whileDeciding = () -> drain.run();
    stream.onNext(EnforceRequest.getDefaultInstance());

    assertThat(wire.sent()).hasSize(1);
    assertThat(reasonOfEnd()).isEqualTo(Reason.DRAINING);
    assertThat(wire.requested()).isEqualTo(1);
  }

  private Reason reasonOfEnd() {
    return ((FailureException) wire.end().orElseThrow()).failure().reason();
  }
}
