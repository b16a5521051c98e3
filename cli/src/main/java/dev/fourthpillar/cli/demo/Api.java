package dev.fourthpillar.cli.demo;

import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.cli.suite.Suite;
import dev.fourthpillar.cli.suite.SuiteService;
import io.grpc.CallCredentials;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.AbstractBlockingStub;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The suite's public API as this company uses it. Every request names its ids, so that a call whose
 * answer was lost is simply made again.
 */
final class Api {
  private static final Duration DEADLINE = Duration.ofSeconds(15);

  /** A service that was killed, or its database, is back long before. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final Duration PAUSE = Duration.ofMillis(250);

  private final Suite suite;
  private final Steps steps;

  Api(Suite suite, Steps steps) {
    this.suite = suite;
    this.steps = steps;
  }

  /** Of gRPC's generated code, for example {@code PeopleServiceGrpc::newBlockingStub}. */
  interface Stubs<S> {
    S on(Channel channel);
  }

  /** One caller with one stub. */
  <S extends AbstractBlockingStub<S>> Caller<S> of(
      SuiteService service, Stubs<S> stubs, CallCredentials credentials) {
    ManagedChannel channel = suite.channel(service);
    return new Caller<>(stubs.on(channel).withCallCredentials(credentials), channel, steps);
  }

  CallCredentials hr() {
    return suite.tokens().as("people-system", Role.HR);
  }

  CallCredentials finance() {
    return suite.tokens().as("finance-system", Role.FINANCE);
  }

  CallCredentials operator() {
    return suite.tokens().as("operator", Role.OPERATOR);
  }

  CallCredentials gateway() {
    return suite.tokens().as("model-gateway", Role.GATEWAY);
  }

  CallCredentials ingest() {
    return suite.tokens().as("usage-exporter", Role.INGEST);
  }

  CallCredentials subscriber() {
    return suite.tokens().as("data-warehouse", Role.SUBSCRIBER, Role.FINANCE);
  }

  CallCredentials engineer(String id) {
    return suite.tokens().engineer(id);
  }

  /** Makes calls, again and again while the service is away. */
  record Caller<S extends AbstractBlockingStub<S>>(S stub, ManagedChannel channel, Steps steps) {

    /**
     * @throws StatusRuntimeException what the service answered, or that it stayed away
     */
    <T> T call(Function<S, T> call) {
      steps.begin();
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (true) {
        try {
          return call.apply(stub.withDeadlineAfter(DEADLINE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (StatusRuntimeException e) {
          if (!mayHelp(e) || System.nanoTime() > end) {
            throw e;
          }
          channel.resetConnectBackoff();
          Pause.of(PAUSE);
        }
      }
    }

    /** Transient, or ambiguous: the same ids make it safe to ask again. */
    private static boolean mayHelp(StatusRuntimeException e) {
      return switch (e.getStatus().getCode()) {
        case UNAVAILABLE, DEADLINE_EXCEEDED, CANCELLED, RESOURCE_EXHAUSTED -> true;
        // OUTCOME_UNKNOWN, and CONFLICTING_CHANGE.
        case UNKNOWN, ABORTED -> true;
        default -> false;
      };
    }
  }
}
