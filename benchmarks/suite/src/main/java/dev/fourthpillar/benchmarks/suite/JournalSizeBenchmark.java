package dev.fourthpillar.benchmarks.suite;

import com.google.type.Money;
import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.benchmarks.Rounds;
import dev.fourthpillar.budget.v1.BalanceServiceGrpc;
import dev.fourthpillar.budget.v1.BalanceServiceGrpc.BalanceServiceBlockingStub;
import dev.fourthpillar.budget.v1.EnforcementServiceGrpc;
import dev.fourthpillar.budget.v1.GetBalanceRequest;
import dev.fourthpillar.cli.suite.StartCache;
import dev.fourthpillar.cli.suite.Suite;
import dev.fourthpillar.cli.suite.SuiteListener;
import dev.fourthpillar.cli.suite.SuiteOptions;
import dev.fourthpillar.cli.suite.SuiteService;
import dev.fourthpillar.localdb.LocalDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.HdrHistogram.Histogram;

/**
 * Reserve and GetBalance with 10,000 journal entries over 1,000 accounts, and then with 10 million.
 * The entries between are written by SQL: each settles a nano or gives it back, so that numbers and
 * sums follow, but their hashes do not chain, which neither call looks at.
 */
final class JournalSizeBenchmark {
  private static final int ENGINEERS = 1_000;
  private static final int CALLERS = 8;
  private static final int ROUNDS = 5;
  private static final int FEW = 10_000;
  private static final int MANY = Integer.getInteger("journal.entries", 10_000_000);

  /** Entries of one statement. */
  private static final int AT_ONCE = 500_000;

  private static final Duration WARM_UP = Duration.ofSeconds(Long.getLong("journal.warm", 60));
  private static final Duration ROUND = Duration.ofSeconds(Long.getLong("journal.round", 6));
  private static final Money ONE_CENT =
      Money.newBuilder().setCurrencyCode("USD").setNanos(10_000_000).build();

  private final Staff staff;
  private final UnaryPairs pairs;
  private final BalanceServiceBlockingStub balances;

  private JournalSizeBenchmark(Suite suite, Staff staff) {
    this.staff = staff;
    this.pairs =
        new UnaryPairs(
            EnforcementServiceGrpc.newBlockingStub(suite.channel(SuiteService.BUDGET))
                .withCallCredentials(suite.tokens().as("bench-gateway", Role.GATEWAY)),
            ONE_CENT,
            this::anybody);
    this.balances =
        BalanceServiceGrpc.newBlockingStub(suite.channel(SuiteService.BUDGET))
            .withCallCredentials(suite.tokens().as("bench-finance", Role.FINANCE));
  }

  public static void main(String[] args) throws SQLException {
    try (Suite suite =
        Suite.start(SuiteOptions.temporary().with(StartCache.FOR_LOAD), SuiteListener.SILENT)) {
      Staff staff = Staff.hire(suite, ENGINEERS);
      suite.kill9(SuiteService.USAGE);
      suite.kill9(SuiteService.COMP);
      new JournalSizeBenchmark(suite, staff).run(suite.database(SuiteService.BUDGET));
    }
  }

  private void run(LocalDatabase database) throws SQLException {
    Load.closed(CALLERS, WARM_UP, _ -> pairs.pair());
    Load.closed(CALLERS, ROUND, _ -> balance());
    WriteAheadLog.prepare(database);
    fill(database, FEW);
    Figures few = measure(database);
    fill(database, MANY);
    Figures many = measure(database);
    System.out.printf(
        "%,d accounts, %d callers, medians of %d rounds%n", ENGINEERS, CALLERS, ROUNDS);
    report("Reserve", few.entries, few.reserve, many.entries, many.reserve);
    report("GetBalance", few.entries, few.balance, many.entries, many.balance);
  }

  private static void report(
      String what, long fewEntries, Rounds few, long manyEntries, Rounds many) {
    System.out.printf(
        "  %-10s  %s µs with %,d entries, %s µs with %,d: %.1f %% (target: at most 120 %%)%n",
        what,
        few.show("%.0f"),
        fewEntries,
        many.show("%.0f"),
        manyEntries,
        100 * many.median() / few.median());
  }

  /** What was measured, in microseconds. */
  private record Figures(long entries, Rounds reserve, Rounds balance) {}

  private Figures measure(LocalDatabase database) throws SQLException {
    Figures figures = new Figures(entries(database), new Rounds(ROUNDS), new Rounds(ROUNDS));
    for (int i = 0; i < ROUNDS; i++) {
      WriteAheadLog.checkpoint(database);
      pairs.latencies();
      Load.closed(CALLERS, ROUND, _ -> pairs.pair());
      Histogram reserves = pairs.latencies();
      figures.reserve.add(reserves.getMean() / 1e3);
      figures.balance.add(1e6 * CALLERS / Load.closed(CALLERS, ROUND, _ -> balance()));
    }
    return figures;
  }

  private String anybody() {
    return staff.id(ThreadLocalRandom.current().nextInt(staff.size()));
  }

  private void balance() {
    balances.getBalance(GetBalanceRequest.newBuilder().setEngineer(anybody()).build());
  }

  private static long entries(LocalDatabase database) throws SQLException {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement();
        var row = statement.executeQuery("select sum(entries) from account")) {
      row.next();
      return row.getLong(1);
    }
  }

  /** Writes entries until there are so many, an even number for each account. */
  private static void fill(LocalDatabase database, long until) throws SQLException {
    for (long missing = until - entries(database);
        missing >= 2L * ENGINEERS;
        missing = until - entries(database)) {
      int each = (int) (Math.min(missing, AT_ONCE) / ENGINEERS / 2 * 2);
      try (Connection connection = database.dataSource().getConnection()) {
        connection.setAutoCommit(false);
        append(connection, each);
        connection.commit();
      }
    }
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("vacuum (analyze) journal");
      statement.execute("vacuum (analyze) account");
    }
  }

  private static void append(Connection connection, int each) throws SQLException {
    try (PreparedStatement insert =
            connection.prepareStatement(
                """
                insert into journal
                  (account, entry, kind, debit, credit, amount_nanos, cause_type, cause_id,
                   cause_detail, lots, granted_nanos, settled_nanos, expired_nanos, reduced_nanos,
                   overage_nanos, uncapped_nanos, effective_at, recorded_at, hash)
                select a.account, a.entries + n,
                       case when n % 2 = 1 then 'SETTLE' else 'ADJUST' end,
                       case when n % 2 = 1 then 'CONSUMED' else 'BALANCE' end,
                       case when n % 2 = 1 then 'BALANCE' else 'CONSUMED' end,
                       1, 'EVENT', 'bench/' || (a.entries + n), 'USAGE',
                       '[{"lot": "default/bench/2026-01-01", "nanos": 1}]',
                       a.granted_nanos, a.settled_nanos + n % 2, a.expired_nanos, a.reduced_nanos,
                       a.overage_nanos, a.uncapped_nanos, a.last_time, a.last_time,
                       sha256((a.account || (a.entries + n))::bytea)
                from account a cross join generate_series(1, ?) n
                """);
        PreparedStatement update =
            connection.prepareStatement(
                """
                update account
                set entries = entries + ?, chain_head = sha256((account || (entries + ?))::bytea)
                """)) {
      insert.setInt(1, each);
      insert.executeUpdate();
      update.setInt(1, each);
      update.setInt(2, each);
      update.executeUpdate();
    }
  }
}
