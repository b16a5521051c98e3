package dev.fourthpillar.backbone.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.fourthpillar.backbone.caller.Caller;
import dev.fourthpillar.backbone.drain.OpenStreams;
import dev.fourthpillar.backbone.edge.auth.Callers;
import dev.fourthpillar.backbone.failure.FailureException;
import dev.fourthpillar.backbone.failure.Reason;
import dev.fourthpillar.backbone.stream.Source.Step;
import dev.fourthpillar.testkit.stream.FakeStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Streams of clients that take everything, nothing, or too many of them. */
final class AnswerStreamsTest {
  private final OpenStreams openStreams = new OpenStreams();
  private final AnswerStreams streams = new AnswerStreams(openStreams);

  @Test
  void whatHasAnEndIsSentAndCompleted() throws Exception {
    FakeStream<Integer> client = FakeStream.taking();
    AtomicInteger next = new AtomicInteger();
    as(
        "ada",
        () ->
            streams.open(
                client,
                () ->
                    next.incrementAndGet() <= 3 ? new Step.Send<>(next.get()) : new Step.End<>()));

    assertThat(client.end()).isEmpty();
    assertThat(client.sent()).containsExactly(1, 2, 3);
    awaitNone();
  }

  @Test
  void aClientThatTakesNothingIsSentAwayAndTheSourceWasNeverAsked() {
    FakeStream<Integer> client = FakeStream.takingNothing();
    AtomicInteger asked = new AtomicInteger();
    AtomicInteger closed = new AtomicInteger();

    new StreamPump<>(client, new Stall("stream.max-stall", Duration.ofMillis(20), ""))
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

    assertThat(reason(client.end())).isEqualTo(Reason.LIMIT_EXCEEDED);
    assertThat(asked).hasValue(0);
    assertThat(closed).hasValue(1);
  }

  @Test
  void aCallerMayHaveSoManyAndAnotherOneIsNotHindered() throws Exception {
    List<FakeStream<Integer>> open = new ArrayList<>();
    for (int i = 0; i < AnswerStreams.MAX_PER_CALLER; i++) {
      FakeStream<Integer> client = FakeStream.taking();
      open.add(client);
      as("ada", () -> streams.open(client, AnswerStreamsTest::nothingYet));
    }
    FakeStream<Integer> onceMore = FakeStream.taking();
    FailureException refused =
        catchThrowableOfType(
            FailureException.class,
            () -> as("ada", () -> streams.open(onceMore, AnswerStreamsTest::nothingYet)));
    assertThat(refused.failure().reason()).isEqualTo(Reason.LIMIT_EXCEEDED);
    FakeStream<Integer> bobs = FakeStream.taking();
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
    FakeStream<Integer> client = FakeStream.taking();
    as(
        "ada",
        () ->
            streams.open(
                client,
                () -> {
                  throw OpenStreams.draining().asException();
                }));

    assertThat(reason(client.end())).isEqualTo(Reason.DRAINING);
  }

  private static Step<Integer> nothingYet() {
    return new Step.Wait<>(Duration.ofMinutes(1));
  }

  private static Reason reason(Optional<Throwable> end) {
    return ((FailureException) end.orElseThrow()).failure().reason();
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
}
