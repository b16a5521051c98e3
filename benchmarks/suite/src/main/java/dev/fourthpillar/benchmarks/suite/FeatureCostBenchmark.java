package dev.fourthpillar.benchmarks.suite;

import com.google.type.Money;
import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.benchmarks.Rounds;
import dev.fourthpillar.benchmarks.suite.SetBasedPairs.Part;
import dev.fourthpillar.budget.v1.EnforcementServiceGrpc;
import dev.fourthpillar.cli.suite.StartCache;
import dev.fourthpillar.cli.suite.Suite;
import dev.fourthpillar.cli.suite.SuiteListener;
import dev.fourthpillar.cli.suite.SuiteOptions;
import dev.fourthpillar.cli.suite.SuiteService;
import dev.fourthpillar.localdb.LocalDatabase;
import dev.fourthpillar.usage.v1.RecordedUsage;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * What each feature costs, one at a time: the rows of a Reserve and its Settle in set-based SQL
 * with one part left out in turn, the hash that chains an entry, the lots of an account, and the
 * rows of usage with the rollups and without. It has no target; it says what a design without the
 * feature could gain at most.
 */
final class FeatureCostBenchmark {
  private static final int ENGINEERS = 1_000;
  private static final int ROUNDS = 5;
  private static final Duration ROUND = Duration.ofSeconds(6);
  private static final Duration WARM_UP = Duration.ofSeconds(40);
  private static final int OF_MANY_LOTS = 200;

  /** The most open lots that an account may have. */
  private static final int LOTS = 32;

  private static final int USAGE_CALLS = Integer.getInteger("ingest.calls", 30);
  private static final int OBJECTS_A_CALL = 1_000;

  /** An entry's fields, as they are hashed, with the hash before. */
  private static final int ENTRY_BYTES = 330;

  private static final int HASHES = 1_000_000;
  private static final Money ONE_CENT =
      Money.newBuilder().setCurrencyCode("USD").setNanos(10_000_000).build();

  private final Suite suite;
  private final Staff staff;

  private FeatureCostBenchmark(Suite suite, Staff staff) {
    this.suite = suite;
    this.staff = staff;
  }

  public static void main(String[] args) throws Exception {
    try (Suite suite =
        Suite.start(SuiteOptions.temporary().with(StartCache.FOR_LOAD), SuiteListener.SILENT)) {
      FeatureCostBenchmark benchmark =
          new FeatureCostBenchmark(suite, Staff.hire(suite, ENGINEERS));
      LocalDatabase budget = suite.database(SuiteService.BUDGET);
      Pgbench pgbench =
          Pgbench.on(budget)
              .orElseThrow(() -> new IllegalStateException("pgbench is not on the path"));
      benchmark.rollups();
      suite.kill9(SuiteService.USAGE);
      suite.kill9(SuiteService.COMP);
      benchmark.parts(budget, pgbench);
      benchmark.lots();
      chain();
    }
  }

  private StreamPairs stream() {
    return new StreamPairs(
        EnforcementServiceGrpc.newBlockingStub(suite.channel(SuiteService.BUDGET))
            .withCallCredentials(suite.tokens().as("bench-gateway", Role.GATEWAY)),
        ONE_CENT);
  }

  /** Pairs over accounts with one lot, and over as many with as many lots as one may have. */
  private void lots() {
    new Lots(suite).add(IntStream.range(0, OF_MANY_LOTS).mapToObj(staff::id).toList(), LOTS - 1);
    StreamPairs stream = stream();
    Supplier<String> ofMany = () -> staff.id(ThreadLocalRandom.current().nextInt(OF_MANY_LOTS));
    Supplier<String> ofOne =
        () -> staff.id(OF_MANY_LOTS + ThreadLocalRandom.current().nextInt(OF_MANY_LOTS));
    stream.pairsPerSecond(WARM_UP, ofOne);
    stream.pairsPerSecond(WARM_UP, ofMany);
    Rounds one = new Rounds(ROUNDS);
    Rounds many = new Rounds(ROUNDS);
    for (int i = 0; i < ROUNDS; i++) {
      one.add(stream.pairsPerSecond(ROUND, ofOne));
      many.add(stream.pairsPerSecond(ROUND, ofMany));
    }
    System.out.printf(
        "Pairs through Enforce, %d accounts, medians of %d rounds%n", OF_MANY_LOTS, ROUNDS);
    System.out.printf("  of one lot         %s pairs/s%n", one.show("%.0f"));
    System.out.printf(
        "  of %d lots         %s pairs/s: a lot more costs %.1f µs a pair of both processors%n",
        LOTS, many.show("%.0f"), (1e6 / many.median() - 1e6 / one.median()) / (LOTS - 1));
  }

  private void parts(LocalDatabase database, Pgbench pgbench) {
    // The model rows are what the service wrote.
    stream()
        .pairsPerSecond(ROUND, () -> staff.id(ThreadLocalRandom.current().nextInt(staff.size())));
    SetBasedPairs all = SetBasedPairs.prepare(database, pgbench);
    WriteAheadLog.prepare(database);
    Rounds whole = new Rounds(ROUNDS);
    Map<Part, Rounds> without = new EnumMap<>(Part.class);
    for (int i = 0; i < ROUNDS; i++) {
      whole.add(all.pairsPerSecond(ROUND));
      for (Part part : Part.values()) {
        without
            .computeIfAbsent(part, _ -> new Rounds(ROUNDS))
            .add(all.without(part).pairsPerSecond(ROUND));
      }
    }
    System.out.printf("Rows of pairs, set-based SQL, medians of %d rounds%n", ROUNDS);
    System.out.printf("  all of them        %s pairs/s%n", whole.show("%.0f"));
    without.forEach(
        (part, rounds) ->
            System.out.printf(
                "  without %-10s %s pairs/s: it costs %.1f µs a pair of both processors%n",
                part.name().toLowerCase(Locale.ROOT),
                rounds.show("%.0f"),
                1e6 / whole.median() - 1e6 / rounds.median()));
  }

  private static void chain() throws NoSuchAlgorithmException {
    MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
    byte[] entry = new byte[ENTRY_BYTES];
    Rounds micros = new Rounds(ROUNDS);
    for (int round = 0; round < ROUNDS; round++) {
      long begin = System.nanoTime();
      for (int i = 0; i < HASHES; i++) {
        // Each depends on the one before, as in the chain.
        System.arraycopy(sha256.digest(entry), 0, entry, 0, sha256.getDigestLength());
      }
      micros.add((System.nanoTime() - begin) / 1e3 / HASHES);
    }
    System.out.printf("The chain's hash of an entry: %s µs%n", micros.show("%.2f"));
  }

  private void rollups() throws SQLException, IOException {
    UsageObjects usage = new UsageObjects(suite);
    LocalDatabase database = suite.database(SuiteService.USAGE);
    CopyBaseline with = CopyBaseline.of(database);
    CopyBaseline without = CopyBaseline.withoutRollups(database);
    with.begin();
    int objects = 0;
    for (int call = 0; call < USAGE_CALLS; call++) {
      objects += usage.record(IntStream.range(0, OBJECTS_A_CALL).mapToObj(_ -> object()).toList());
    }
    WriteAheadLog.prepare(database);
    Rounds both = new Rounds(ROUNDS);
    Rounds less = new Rounds(ROUNDS);
    for (int i = 0; i < ROUNDS; i++) {
      both.add(objects / with.seconds());
      less.add(objects / without.seconds());
    }
    System.out.printf("Rows of %,d usage objects, COPY, medians of %d rounds%n", objects, ROUNDS);
    System.out.printf("  all of them        %s objects/s%n", both.show("%.0f"));
    System.out.printf(
        "  without rollups    %s objects/s: they cost %.1f µs an object of both processors%n",
        less.show("%.0f"), 1e6 / both.median() - 1e6 / less.median());
  }

  private RecordedUsage object() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return UsageObjects.of(
        staff.id(random.nextInt(staff.size())),
        random.nextInt(20),
        Instant.now().minusSeconds(random.nextInt(3_600)));
  }
}
