package dev.fourthpillar.budget.enforcement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.backbone.failure.FailureException;
import dev.fourthpillar.backbone.failure.Reason;
import dev.fourthpillar.budget.v1.EnforceRequest;
import dev.fourthpillar.budget.v1.EnforceResponse;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When a stream of batches reads, and how it ends, without a wire. */
class CommandStreamTest {
  private final FakeStream wire = new FakeStream();
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
    assertThat(wire.requested).isEqualTo(1);

    stream.onNext(EnforceRequest.getDefaultInstance());
    assertThat(wire.requested).isEqualTo(2);

    wire.ready = false;
    stream.onNext(EnforceRequest.getDefaultInstance());
    assertThat(wire.sent).hasSize(2);
    assertThat(wire.requested).isEqualTo(2);

    wire.ready = true;
    wire.onReady.run();
    assertThat(wire.requested).isEqualTo(3);
    wire.onReady.run();
    assertThat(wire.requested).isEqualTo(3);
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

    assertThat(wire.sent).hasSize(1);
    assertThat(reasonOfEnd()).isEqualTo(Reason.DRAINING);
    assertThat(wire.requested).isEqualTo(1);
  }

  private Reason reasonOfEnd() {
    return ((FailureException) wire.error).failure().reason();
  }

  private static final class FakeStream extends ServerCallStreamObserver<EnforceResponse> {
    private final List<EnforceResponse> sent = new ArrayList<>();
    private Runnable onReady = () -> {};
    private Throwable error;
    private boolean ready = true;
    private int requested;

    @Override
    public void onNext(EnforceResponse response) {
      assertThat(error).isNull();
      sent.add(response);
    }

    @Override
    public void onError(Throwable thrown) {
      assertThat(error).isNull();
      error = thrown;
    }

    @Override
    public void onCompleted() {}

    @Override
    public boolean isReady() {
      return ready;
    }

    @Override
    public void setOnReadyHandler(Runnable handler) {
      onReady = handler;
    }

    @Override
    public void request(int count) {
      requested += count;
    }

    @Override
    public void disableAutoRequest() {}

    @Override
    public void setOnCancelHandler(Runnable handler) {}

    @Override
    public void setOnCloseHandler(Runnable handler) {}

    @Override
    public boolean isCancelled() {
      return false;
    }

    @Override
    public void setCompression(String compression) {}

    @Override
    public void setMessageCompression(boolean enable) {}

    @Override
    public void disableAutoInboundFlowControl() {}
  }
}
