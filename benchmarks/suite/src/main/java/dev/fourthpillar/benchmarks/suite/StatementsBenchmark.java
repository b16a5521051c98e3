package dev.fourthpillar.benchmarks.suite;

import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.backbone.edge.time.DateMapper;
import dev.fourthpillar.benchmarks.Rounds;
import dev.fourthpillar.cli.suite.StartCache;
import dev.fourthpillar.cli.suite.Suite;
import dev.fourthpillar.cli.suite.SuiteListener;
import dev.fourthpillar.cli.suite.SuiteOptions;
import dev.fourthpillar.cli.suite.SuiteService;
import dev.fourthpillar.comp.v1.CompensationServiceGrpc;
import dev.fourthpillar.comp.v1.CompensationServiceGrpc.CompensationServiceBlockingStub;
import dev.fourthpillar.comp.v1.GetStatementRequest;
import dev.fourthpillar.comp.v1.ListStatementsRequest;
import dev.fourthpillar.comp.v1.ListStatementsResponse;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/**
 * Everybody's statements, page by page, as an export of two teams asks for them, beside a plain SQL
 * aggregate over the same rows; then single statements. A smaller run: {@code JAVA_OPTS="
 * -Dstatements.engineers=10000 -Dstatements.charges=40"}.
 */
final class StatementsBenchmark {
  private static final int ENGINEERS = Integer.getInteger("statements.engineers", 100_000);
  private static final int CHARGES = Integer.getInteger("statements.charges", 40);
  private static final int ROUNDS = Integer.getInteger("statements.rounds", 3);
  private static final int PAGE = 500;
  private static final int SINGLES_PER_SECOND = 100;
  private static final Duration WARM_UP = Duration.ofSeconds(10);
  private static final Duration ROUND = Duration.ofSeconds(8);

  private final LocalDate today = LocalDate.now(ZoneOffset.UTC);
  private final Suite suite;
  private final CompensationServiceBlockingStub statements;
  private final ServiceHeap heap;

  private StatementsBenchmark(Suite suite) {
    this.suite = suite;
    this.statements =
        CompensationServiceGrpc.newBlockingStub(suite.channel(SuiteService.COMP))
            .withCallCredentials(suite.tokens().as("bench-finance", Role.FINANCE));
    this.heap = new ServiceHeap(suite.pid(SuiteService.COMP));
  }

  public static void main(String[] args) throws SQLException, IOException, InterruptedException {
    try (Suite suite =
        Suite.start(SuiteOptions.temporary().with(StartCache.FOR_LOAD), SuiteListener.SILENT)) {
      new StatementsBenchmark(suite).run();
    }
  }

  private void run() throws SQLException, IOException, InterruptedException {
    Payroll.write(suite, today, ENGINEERS, CHARGES);
    // They have nothing to do, and would still take their share of the processors.
    suite.kill9(SuiteService.USAGE);
    suite.kill9(SuiteService.BUDGET);
    var sql = new SqlAggregate(suite.database(SuiteService.COMP), today);
    list(ENGINEERS / 8, false);
    sql.seconds();
    var listed = new Rounds(ROUNDS);
    var aggregated = new Rounds(ROUNDS);
    for (int i = 0; i < ROUNDS; i++) {
      listed.add(list(Integer.MAX_VALUE, false));
      aggregated.add(sql.seconds());
    }
    System.out.printf(
        "%,d engineers, %d rows of charges each, medians of %d rounds%n",
        ENGINEERS, CHARGES, ROUNDS);
    System.out.printf(
        "  ListStatements of %d teams at once, pages of %d  %s s (target for 100,000: at most 20)%n",
        Payroll.TEAMS, PAGE, listed.show("%.1f"));
    System.out.printf("  SQL aggregate  %s s%n", aggregated.show("%.1f"));
    list(Integer.MAX_VALUE, true);
    single();
  }

  /**
   * Seconds for that many statements of each team or all there are, a caller for each.
   *
   * @param showsHeap then one team after the other: a look finds no page half done
   */
  private double list(int most, boolean showsHeap) throws InterruptedException {
    long begin = System.nanoTime();
    var done = new AtomicInteger();
    try (var callers = Executors.newFixedThreadPool(showsHeap ? 1 : Payroll.TEAMS)) {
      var lists =
          IntStream.range(0, Payroll.TEAMS)
              .mapToObj(
                  team ->
                      callers.submit(
                          () -> {
                            list(Payroll.team(team), most, showsHeap, done);
                            return null;
                          }))
              .toList();
      for (var list : lists) {
        list.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
    return (System.nanoTime() - begin) / 1e9;
  }

  private void list(String team, int most, boolean showsHeap, AtomicInteger done)
      throws IOException, InterruptedException {
    int ofTeam = 0;
    String next = "";
    do {
      ListStatementsResponse page =
          statements.listStatements(
              ListStatementsRequest.newBuilder()
                  .setAsOfDate(DateMapper.toProto(today))
                  .setTeam(team)
                  .setPageSize(PAGE)
                  .setPageToken(next)
                  .build());
      page.getStatementsList().stream()
          .filter(statement -> !statement.hasFigures())
          .forEach(
              statement -> {
                throw new IllegalStateException("no statement: " + statement);
              });
      ofTeam += page.getStatementsCount();
      int now = done.addAndGet(page.getStatementsCount());
      next = page.getNextPageToken();
      if (showsHeap && now % (ENGINEERS / 4) == 0) {
        System.out.printf("  live heap after %,7d       %.1f MiB%n", now, heap.liveMebibytes());
      }
    } while (!next.isEmpty() && ofTeam < most);
  }

  private void single() {
    load(WARM_UP);
    var p50 = new Rounds(ROUNDS);
    var p99 = new Rounds(ROUNDS);
    for (int i = 0; i < ROUNDS; i++) {
      Histogram latencies = load(ROUND);
      p50.add(latencies.getValueAtPercentile(50) / 1e6);
      p99.add(latencies.getValueAtPercentile(99) / 1e6);
    }
    System.out.printf(
        "GetStatement at %d/s: p50 %s ms, p99 %s ms (target: at most 25)%n",
        SINGLES_PER_SECOND, p50.show("%.1f"), p99.show("%.1f"));
  }

  private Histogram load(Duration length) {
    return Load.open(
        SINGLES_PER_SECOND,
        length,
        number -> {
          var engineer = Payroll.engineer(new SplittableRandom(number).nextInt(ENGINEERS));
          var _ =
              statements.getStatement(
                  GetStatementRequest.newBuilder()
                      .setEngineer(engineer)
                      .setAsOfDate(DateMapper.toProto(today))
                      .build());
        });
  }
}
