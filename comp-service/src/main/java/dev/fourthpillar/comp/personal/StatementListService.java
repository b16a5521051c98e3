package dev.fourthpillar.comp.personal;

import dev.fourthpillar.backbone.caller.Caller;
import dev.fourthpillar.backbone.config.LiveConfiguration;
import dev.fourthpillar.backbone.paging.Page;
import dev.fourthpillar.backbone.paging.PageRequest;
import dev.fourthpillar.backbone.storage.Transactions;
import dev.fourthpillar.comp.access.AccessLog;
import dev.fourthpillar.comp.access.AccessLog.What;
import dev.fourthpillar.comp.people.Engineer;
import dev.fourthpillar.comp.people.EngineerRepository;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Gatherers;
import org.jdbi.v3.core.Handle;

/**
 * Statements of all who are employed on a day, a page at a time: what a page needs is read in a
 * fixed number of round trips, and nothing is kept from one page to the next.
 */
@Singleton
public final class StatementListService {

  /** Engineers: few, so that computing begins early; enough to be worth their round trips. */
  private static final int READ_TOGETHER = 100;

  private static final ForkJoinPool COMPUTING = ForkJoinPool.commonPool();

  private final Transactions transactions;
  private final EngineerRepository engineers;
  private final SourcesRepository sources;
  private final AccessLog accessLog;
  private final Supplier<StatementConfig> config;

  StatementListService(
      Transactions transactions,
      EngineerRepository engineers,
      SourcesRepository sources,
      AccessLog accessLog,
      LiveConfiguration configuration) {
    this.transactions = transactions;
    this.engineers = engineers;
    this.sources = sources;
    this.accessLog = accessLog;
    this.config = configuration.of(StatementConfig.class);
  }

  /**
   * One page, by engineer. Whose statement cannot be computed is on it with the reason.
   *
   * @param form what is kept of each. It is made where the statement is, on any thread: 500
   *     statements with all their lines would be copied by each garbage collection.
   */
  public <T> Page<T> list(
      Caller caller, ListQuery query, PageRequest page, Function<ListedStatement, T> form) {
    return transactions.run(
        handle -> {
          handle.execute("set transaction isolation level repeatable read");
          var employed = engineers.employedOn(handle, query.asOf(), query.team(), page);
          var shown = new ConcurrentSkipListSet<String>();
          var listed =
              statements(
                  handle,
                  query,
                  employed.items(),
                  statement -> {
                    // Who is refused shows nothing.
                    if (statement instanceof ListedStatement.Computed) {
                      shown.add(statement.engineer());
                    }
                    return form.apply(statement);
                  });
          accessLog.record(handle, caller, shown, What.STATEMENT, engineers.now(handle));
          return new Page<>(listed, employed.lastKey());
        });
  }

  /** While the statements of one part are computed, the next part is read. */
  private <T> List<T> statements(
      Handle handle, ListQuery query, List<Engineer> employed, Function<ListedStatement, T> form) {
    var reading = sources.begin(handle, query);
    var thresholds = config.get().thresholds();
    var parts =
        employed.stream()
            .gather(Gatherers.windowFixed(READ_TOGETHER))
            .map(reading::of)
            .map(read -> COMPUTING.submit(() -> read.statements(thresholds, form)))
            .toList();
    return parts.stream().map(ForkJoinTask::join).flatMap(List::stream).toList();
  }
}
