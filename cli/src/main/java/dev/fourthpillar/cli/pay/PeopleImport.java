package dev.fourthpillar.cli.pay;

import dev.fourthpillar.comp.v1.PeopleServiceGrpc.PeopleServiceBlockingStub;
import dev.fourthpillar.comp.v1.PutEngineerRequest;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Puts people one by one: what is refused stops nobody else. */
public final class PeopleImport {
  private static final int PARALLEL = 8;
  private static final int DEADLINE_SECONDS = 30;
  private static final int ATTEMPTS = 3;

  private final PeopleServiceBlockingStub people;

  public PeopleImport(PeopleServiceBlockingStub people) {
    this.people = people;
  }

  /** How far it is; called from several threads. */
  public interface Progress {
    void done(int rows, int of);
  }

  /** A person who was not taken. */
  public record Refused(PeopleFile.Row row, StatusRuntimeException refusal) {}

  /** Everyone is put, or refused; the refused ones in the order of the file. */
  public List<Refused> run(List<PeopleFile.Row> rows, Progress progress)
      throws InterruptedException {
    var done = new AtomicInteger();
    var tasks = new ArrayList<Callable<Optional<Refused>>>();
    for (var row : rows) {
      tasks.add(
          () -> {
            var refused = put(row);
            progress.done(done.incrementAndGet(), rows.size());
            return refused;
          });
    }
    var refused = new ArrayList<Refused>();
    try (var executor = Executors.newFixedThreadPool(PARALLEL)) {
      for (Future<Optional<Refused>> answer : executor.invokeAll(tasks)) {
        answer.get().ifPresent(refused::add);
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
    return refused;
  }

  private Optional<Refused> put(PeopleFile.Row row) {
    // The same id in each attempt: a lost answer puts nobody twice.
    var request =
        PutEngineerRequest.newBuilder()
            .setRequestId(UUID.randomUUID().toString())
            .setEngineer(row.engineer())
            .build();
    for (int attempt = 1; ; attempt++) {
      try {
        var _ = people.withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS).putEngineer(request);
        return Optional.empty();
      } catch (StatusRuntimeException e) {
        if (attempt == ATTEMPTS || !mayHelp(e.getStatus().getCode())) {
          return Optional.of(new Refused(row, e));
        }
      }
    }
  }

  private static boolean mayHelp(Code code) {
    return switch (code) {
      case UNAVAILABLE, DEADLINE_EXCEEDED, CANCELLED, ABORTED, UNKNOWN, RESOURCE_EXHAUSTED -> true;
      default -> false;
    };
  }
}
