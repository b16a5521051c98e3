package dev.fourthpillar.budget.enforcement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fourthpillar.backbone.failure.FailureException;
import dev.fourthpillar.backbone.failure.Reason;
import dev.fourthpillar.backbone.outcome.Decision;
import dev.fourthpillar.budget.account.AccountAnswer;
import io.grpc.Context;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How calls become batches, without a database. */
class LanesTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final List<Integer> batches = new CopyOnWriteArrayList<>();
  private final List<String> applied = new CopyOnWriteArrayList<>();
  private final CountDownLatch gate = new CountDownLatch(1);
  private final Lanes lanes = new Lanes(config(3), this::apply);

  private static EnforcementConfig config(int queue) {
    return new EnforcementConfig(
        1,
        Duration.ofMillis(2),
        1_000,
        queue,
        Duration.ofSeconds(1),
        16_384,
        Duration.ofSeconds(1),
        200);
  }

  @AfterEach
  void stop() {
    gate.countDown();
    lanes.close();
  }

  private List<Decision<AccountAnswer>> apply(List<Order> commands) {
    batches.add(commands.size());
    try {
      assertThat(gate.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    if (commands.stream().anyMatch(command -> id(command).equals("poison"))) {
      throw new ArithmeticException("long overflow");
    }
    commands.forEach(command -> applied.add(id(command)));
    return commands.stream().map(_ -> answer()).toList();
  }

  private static String id(Order command) {
    return ((ReleaseOrder) command).holdId();
  }

  private static Decision<AccountAnswer> answer() {
    return Decision.accepted(
        new AccountAnswer(
            true, BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO, Optional.empty()));
  }

  private static Order command(String id) {
    return new ReleaseOrder("ada", id);
  }

  private CompletableFuture<Decision<AccountAnswer>> begin(String id) {
    return CompletableFuture.supplyAsync(
        () -> lanes.decide(command(id)), Executors.newVirtualThreadPerTaskExecutor());
  }

  private void awaitFirstBatch() {
    Awaitility.await().atMost(PATIENCE).until(() -> batches.size() == 1);
  }

  @Test
  void whatComesWhileATransactionIsUnderWayIsTheNextOne() {
    List<CompletableFuture<?>> calls = new ArrayList<>();
    calls.add(begin("first"));
    awaitFirstBatch();
    calls.add(begin("a"));
    calls.add(begin("b"));
    calls.add(begin("c"));
    Awaitility.await().atMost(PATIENCE).until(() -> lanes.waiting() == 3);
    gate.countDown();
    calls.forEach(CompletableFuture::join);
    assertThat(batches).containsExactly(1, 3);
  }

  @Test
  void moreThanMayWaitAreRefusedAndToldToComeAgain() {
    var first = begin("first");
    awaitFirstBatch();
    var waiting = List.of(begin("a"), begin("b"), begin("c"));
    Awaitility.await().atMost(PATIENCE).until(() -> lanes.waiting() == 3);

    assertThatThrownBy(() -> lanes.decide(command("one too many")))
        .isInstanceOfSatisfying(
            FailureException.class,
            refusal -> {
              assertThat(refusal.failure().reason()).isEqualTo(Reason.OVERLOADED);
              assertThat(refusal.failure().retryAfter()).contains(Duration.ofMillis(100));
            });
    gate.countDown();
    first.join();
    waiting.forEach(CompletableFuture::join);
    assertThat(applied).containsExactlyInAnyOrder("first", "a", "b", "c");
  }

  @Test
  void aCallThatEndsBeforeItsTurnIsNotApplied() throws Exception {
    var first = begin("first");
    awaitFirstBatch();
    Context.CancellableContext call = Context.current().withCancellation();
    CompletableFuture<Throwable> outcome = new CompletableFuture<>();
    Thread.ofVirtual()
        .start(
            call.wrap(
                () -> {
                  try {
                    var _ = lanes.decide(command("gone"));
                    outcome.complete(new AssertionError("it was answered"));
                  } catch (RuntimeException e) {
                    outcome.complete(e);
                  }
                }));
    Awaitility.await().atMost(PATIENCE).until(() -> lanes.waiting() == 1);
    call.cancel(null);
    assertThat(outcome.get(20, TimeUnit.SECONDS)).isInstanceOf(CancellationException.class);

    gate.countDown();
    first.join();
    begin("after").join();
    assertThat(applied).containsExactly("first", "after");
  }

  @Test
  void whatCannotBeDecidedDoesNotHarmItsNeighbours() {
    var first = begin("first");
    awaitFirstBatch();
    var poison = begin("poison");
    var good = begin("good");
    Awaitility.await().atMost(PATIENCE).until(() -> lanes.waiting() == 2);
    gate.countDown();
    first.join();
    good.join();
    assertThatThrownBy(poison::join).hasRootCauseInstanceOf(ArithmeticException.class);
    assertThat(applied).containsExactly("first", "good");
  }
}
