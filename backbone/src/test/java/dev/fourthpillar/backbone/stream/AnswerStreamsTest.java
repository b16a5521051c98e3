package dev.fourthpillar.backbone.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fourthpillar.backbone.caller.Caller;
import dev.fourthpillar.backbone.drain.OpenStreams;
import dev.fourthpillar.backbone.edge.auth.Callers;
import dev.fourthpillar.backbone.failure.FailureException;
import dev.fourthpillar.backbone.failure.Reason;
import dev.fourthpillar.backbone.stream.Source.Step;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Streams of clients that take everything, nothing, or too many of them. */
final class AnswerStreamsTest {
  private final OpenStreams openStreams = new OpenStreams();
  private final AnswerStreams streams = new AnswerStreams(openStreams);

  @Test
  void whatHasAnEndIsSentAndCompleted() throws Exception {
    FakeStream client = new FakeStream(true);
    AtomicInteger next = new AtomicInteger();
    as(
        "ada",
        () ->
            streams.open(
                client,
                () ->
                    next.incrementAndGet() <= 3 ? new Step.Send<>(next.get()) : new Step.End<>()));

    assertThat(client.end()).isEmpty();
    assertThat(client.sent).containsExactly(1, 2, 3);
    awaitNone();
  }

  @Test
  void aClientThatTakesNothingIsSentAwayAndTheSourceWasNeverAsked() {
    FakeStream client = new FakeStream(false);
    AtomicInteger asked = new AtomicInteger();
    AtomicInteger closed = new AtomicInteger();

    new StreamPump<>(client, Duration.ofMillis(20))
        .run(
            _ ->
                new Source<Integer>() {
                  @Override
                  public Step<Integer> next() {
                    return new Step.Send<>(asked.incrementAndGet());
                  }

                  @Override
                  public void close() {
                    closed.incrementAndGet();
                  }
                });

    assertThat(reason(client.ended.join())).isEqualTo(Reason.LIMIT_EXCEEDED);
    assertThat(asked).hasValue(0);
    assertThat(closed).hasValue(1);
  }

  @Test
  void aCallerMayHaveSoManyAndAnotherOneIsNotHindered() throws Exception {
    List<FakeStream> open = new ArrayList<>();
    for (int i = 0; i < AnswerStreams.MAX_PER_CALLER; i++) {
      FakeStream client = new FakeStream(true);
      open.add(client);
      as("ada", () -> streams.open(client, AnswerStreamsTest::nothingYet));
    }
    FakeStream onceMore = new FakeStream(true);
    FailureException refused =
        catchThrowableOfType(
            FailureException.class,
            () -> as("ada", () -> streams.open(onceMore, AnswerStreamsTest::nothingYet)));
    assertThat(refused.failure().reason()).isEqualTo(Reason.LIMIT_EXCEEDED);
    FakeStream bobs = new FakeStream(true);
    as("bob", () -> streams.open(bobs, AnswerStreamsTest::nothingYet));

    open.forEach(FakeStream::cancel);
    bobs.cancel();
    awaitNone();
    as("ada", () -> streams.open(onceMore, AnswerStreamsTest::nothingYet));
    onceMore.cancel();
    awaitNone();
  }

  @Test
  void whatTheSourceThrowsIsTheEnd() throws Exception {
    FakeStream client = new FakeStream(true);
    as(
        "ada",
        () ->
            streams.open(
                client,
                () -> {
                  throw OpenStreams.draining().asException();
                }));

    assertThat(client.end().map(AnswerStreamsTest::reason)).contains(Reason.DRAINING);
  }

  private static Step<Integer> nothingYet() {
    return new Step.Wait<>(Duration.ofMinutes(1));
  }

  private static Reason reason(Optional<Throwable> end) {
    return reason(end.orElseThrow());
  }

  private static Reason reason(Throwable end) {
    return ((FailureException) end).failure().reason();
  }

  private static void as(String caller, Runnable call) {
    Callers.contextOf(new Caller(caller, Optional.empty(), Set.of())).run(call);
  }

  private void awaitNone() throws InterruptedException {
    for (int i = 0; i < 1_000 && openStreams.count() > 0; i++) {
      Thread.sleep(10);
    }
    assertThat(openStreams.count()).isZero();
  }

  /** A client that takes everything at once, or nothing ever. */
  private static final class FakeStream extends ServerCallStreamObserver<Integer> {
    private final boolean ready;
    private final List<Integer> sent = new ArrayList<>();
    private final CompletableFuture<Optional<Throwable>> ended = new CompletableFuture<>();
    private volatile Runnable onCancel = () -> {};
    private volatile boolean cancelled;

    FakeStream(boolean ready) {
      this.ready = ready;
    }

    void cancel() {
      cancelled = true;
      onCancel.run();
    }

    /** What it ended with; empty when it was complete. */
    Optional<Throwable> end() throws Exception {
      return ended.get(30, TimeUnit.SECONDS);
    }

    @Override
    public boolean isReady() {
      return ready;
    }

    @Override
    public boolean isCancelled() {
      return cancelled;
    }

    @Override
    public void onNext(Integer answer) {
      sent.add(answer);
    }

    @Override
    public void onError(Throwable error) {
      ended.complete(Optional.of(error));
    }

    @Override
    public void onCompleted() {
      ended.complete(Optional.empty());
    }

    @Override
    public void setOnReadyHandler(Runnable handler) {
      // It always is, or never.
    }

    @Override
    public void setOnCancelHandler(Runnable handler) {
      onCancel = handler;
    }

    @Override
    public void setCompression(String compression) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void disableAutoInboundFlowControl() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void request(int count) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void setMessageCompression(boolean enable) {
      throw new UnsupportedOperationException();
    }
  }
}
