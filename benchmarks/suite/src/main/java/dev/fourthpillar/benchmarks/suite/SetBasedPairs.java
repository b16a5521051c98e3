package dev.fourthpillar.benchmarks.suite;

import dev.fourthpillar.localdb.LocalDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/**
 * What budget-service writes for pairs of Reserve and Settle, as plain SQL over sets of 180 pairs:
 * the same rows, of the sizes that the service has just written, into tables with the same indexes.
 * No gRPC, no JVM, nothing to decide and no sequencer: what PostgreSQL alone could do.
 */
final class SetBasedPairs {
  private static final int PAIRS = 180;
  private static final int BATCHES = 200;
  private static final int CLIENTS = 4;
  private static final Duration FILL = Duration.ofSeconds(5);

  private static final String LOCK =
      """
      select from (select from bound.account
                   where account in (select account from bound.batch where b = :b)
                   order by account for update) locked;
      """;

  private static final String ACCOUNT =
      """
      update bound.account
      set revision = revision + 1, event_version = event_version + 1, last_time = clock_timestamp(),
          held_nanos = held_nanos, settled_nanos = settled_nanos, chain_head = chain_head, state = state
      where account in (select account from bound.batch where b = :b);
      """;

  private static final String HOLD =
      """
      insert into bound.hold (engineer, hold_id, account, state, reserved_at, expires_at, body)
      select m.engineer, :run || '-' || x.n, x.account, 'HELD', clock_timestamp(),
             clock_timestamp() + interval '10 minutes', m.body
      from bound.batch x, bound.model_hold m where x.b = :b;
      """;

  private static final String SETTLED =
      """
      update bound.hold h
      set state = 'SETTLED', delete_at = clock_timestamp() + interval '42 days', body = m.body
      from bound.batch x, bound.model_hold m
      where x.b = :b and h.engineer = m.engineer and h.hold_id = :run || '-' || x.n;
      """;

  private static final String ENTRY =
      """
      insert into bound.journal
      select x.account, nextval('bound.entry'), m.kind, m.debit, m.credit, m.amount_nanos,
             m.cause_type, m.cause_id, m.cause_detail, m.lots, m.granted_nanos, m.settled_nanos,
             m.expired_nanos, m.reduced_nanos, m.overage_nanos, clock_timestamp(),
             clock_timestamp(), m.hash
      from bound.batch x, bound.model_entry m where x.b = :b;
      """;

  private static final String CHARGES =
      """
      insert into bound.feed_inbox (event_id, type, key, key_hash, owner, audience, version,
        latest_only, must_understand, change_id, payload)
      select gen_random_uuid(), m.type, x.account, hashtext(x.account), m.owner, m.audience, 1,
             false, false, gen_random_uuid(), m.payload
      from bound.batch x, bound.model_event m where x.b = :b and m.what in ('settled', 'charge');
      """;

  private static final String BALANCES =
      """
      insert into bound.feed_inbox (event_id, type, key, key_hash, owner, audience, version,
        latest_only, must_understand, change_id, payload)
      select gen_random_uuid(), m.type, d.account, hashtext(d.account), m.owner, m.audience, 1,
             true, false, gen_random_uuid(), m.payload
      from (select distinct account from bound.batch where b = :b) d, bound.model_event m
      where m.what = 'balance';
      """;

  private final Pgbench pgbench;
  private final Path script;

  /** What may be left out, to see what it costs. */
  enum Part {
    HOLDS,
    LEDGER,
    EVENTS
  }

  private SetBasedPairs(Pgbench pgbench, Path script) {
    this.pgbench = pgbench;
    this.script = script;
  }

  /** The same without a part. It writes into the same tables. */
  SetBasedPairs without(Part part) {
    return new SetBasedPairs(pgbench, write(EnumSet.complementOf(EnumSet.of(part))));
  }

  /** Copies the tables' shapes, and a row of each for a model. */
  static SetBasedPairs prepare(LocalDatabase database, Pgbench pgbench) {
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          create schema bound;
          create table bound.account (like account including all);
          insert into bound.account select * from account;
          create table bound.journal (like journal including all);
          create table bound.hold (like hold including all);
          create table bound.feed_inbox (like feed_inbox including all);
          create sequence bound.entry cache 1000;
          create table bound.batch as
            select b, n, (select account from account offset (b * 7919 + n * 104729) %% (select count(*) from account) limit 1) as account
            from generate_series(1, %d) b, generate_series(1, %d) n;
          create index on bound.batch (b);
          create table bound.model_hold as select * from hold where state = 'SETTLED' limit 1;
          create table bound.model_entry as select * from journal where kind = 'SETTLE' limit 1;
          create table bound.model_event as
            (select 'settled' as what, l.* from feed_log l where type like '%%.HoldSettled' limit 1)
            union all
            (select 'charge', l.* from feed_log l where type like '%%.ChargeBooked' limit 1)
            union all
            (select 'balance', l.* from feed_log l where type like '%%.BalanceChanged' limit 1);
          analyze bound.account, bound.batch, bound.model_hold, bound.model_entry, bound.model_event;
          """
              .formatted(BATCHES, PAIRS));
      SetBasedPairs pairs = new SetBasedPairs(pgbench, write(EnumSet.allOf(Part.class)));
      pairs.pairsPerSecond(FILL);
      // A plan that was made for empty tables looks through all of them for each hold: the rate
      // would fall from round to round while they grow.
      statement.execute(
          "vacuum analyze bound.account, bound.hold, bound.journal, bound.feed_inbox");
      return pairs;
    } catch (SQLException e) {
      throw new IllegalStateException("the SQL baseline could not be prepared", e);
    }
  }

  private static Path write(Set<Part> parts) {
    try {
      Path script = Files.createTempFile("fp-bench-pairs", ".sql");
      script.toFile().deleteOnExit();
      Files.writeString(script, script(parts));
      return script;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  double pairsPerSecond(Duration length) {
    return PAIRS
        * pgbench.transactionsPerSecond(
            "-n",
            "-M",
            "prepared",
            "-c",
            Integer.toString(CLIENTS),
            "-j",
            "2",
            "-T",
            Long.toString(length.toSeconds()),
            "-f",
            script.toString());
  }

  /**
   * One batch of Reserves and one of Settles, each a transaction, as the lanes of the service do.
   */
  private static String script(Set<Part> parts) {
    return """
        \\set b random(1, %d)
        \\set run random(1, 9000000000000000)
        begin;
        """
            .formatted(BATCHES)
        + LOCK
        + ACCOUNT
        + (parts.contains(Part.HOLDS) ? HOLD : "")
        + (parts.contains(Part.EVENTS) ? BALANCES : "")
        + "commit;\nbegin;\n"
        + LOCK
        + ACCOUNT
        + (parts.contains(Part.HOLDS) ? SETTLED : "")
        + (parts.contains(Part.LEDGER) ? ENTRY : "")
        + (parts.contains(Part.EVENTS) ? CHARGES + BALANCES : "")
        + "commit;\n";
  }
}
