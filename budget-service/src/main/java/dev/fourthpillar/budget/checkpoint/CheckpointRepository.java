package dev.fourthpillar.budget.checkpoint;

import dev.fourthpillar.backbone.paging.Page;
import dev.fourthpillar.backbone.paging.PageRequest;
import dev.fourthpillar.backbone.storage.SqlArrays;
import dev.fourthpillar.budget.checkpoint.HeadTree.Run;
import dev.fourthpillar.proof.Hash;
import dev.fourthpillar.proof.Statement;
import jakarta.inject.Singleton;
import java.security.PublicKey;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;

/** Rows of checkpoints, their heads, runs and keys. */
@Singleton
final class CheckpointRepository {
  /** Names the work among the advisory locks of the database. */
  private static final String LOCK = "checkpoint";

  private static final String CHECKPOINT =
      "select number, day, accounts, previous_root, root, key_id, signature from checkpoint\n";

  /** Whether this transaction is the one that may take a checkpoint now. */
  boolean elect(Handle handle) {
    return handle
        .createQuery("select pg_try_advisory_xact_lock(hashtext(:lock))")
        .bind("lock", LOCK)
        .mapTo(Boolean.class)
        .one();
  }

  Optional<Checkpoint> last(Handle handle) {
    return handle
        .createQuery(CHECKPOINT + "order by number desc limit 1")
        .map((row, _) -> checkpoint(row))
        .findOne();
  }

  /**
   * An account and its last entry before a time.
   *
   * @param head empty when it has none
   * @param stored the number of the entry that was its head in the checkpoint before; 0 for none
   */
  record Found(String account, Optional<Head> head, long stored) {}

  /** Accounts in order, after this one. */
  List<Found> heads(Handle handle, String after, Instant before, int atMost) {
    return handle
        .createQuery(
            """
            select a.account, j.entry, j.hash, coalesce(h.entry, 0) as stored
            from (select account from account
                  where account > :after and entries > 0
                  order by account limit :at_most) a
              left join lateral (
                select entry, hash from journal
                where account = a.account and recorded_at < :before
                order by recorded_at desc, entry desc limit 1) j on true
              left join lateral (
                select entry from checkpoint_head
                where account = a.account
                order by day desc limit 1) h on true
            order by a.account
            """)
        .bind("after", after)
        .bind("before", before)
        .bind("at_most", atMost)
        .map(
            (row, _) ->
                new Found(
                    row.getString("account"),
                    row.getBytes("hash") == null ? Optional.empty() : Optional.of(head(row)),
                    row.getLong("stored")))
        .list();
  }

  void insertHeads(Handle handle, LocalDate day, List<Head> heads) {
    if (heads.isEmpty()) {
      return;
    }
    handle
        .createUpdate(
            """
            insert into checkpoint_head (account, day, entry, hash)
            select account, :day, entry, hash
            from unnest(:accounts, :entries, :hashes) as n (account, entry, hash)
            """)
        .bind("day", day)
        .bind("accounts", SqlArrays.texts(heads.stream().map(Head::account).toList()))
        .bind("entries", SqlArrays.longs(heads.stream().map(Head::entry).toList()))
        .bind("hashes", SqlArrays.bytes(heads.stream().map(head -> head.hash().bytes()).toList()))
        .execute();
  }

  void insert(Handle handle, Checkpoint checkpoint, PublicKey key, List<Run> runs) {
    Statement statement = checkpoint.statement();
    handle
        .createUpdate(
            """
            insert into checkpoint_key (key_id, public_key, first_day)
            values (:key_id, :public_key, :day)
            on conflict do nothing
            """)
        .bind("key_id", statement.keyId())
        .bind("public_key", key.getEncoded())
        .bind("day", statement.day())
        .execute();
    handle
        .createUpdate(
            """
            insert into checkpoint (number, day, accounts, previous_root, root, key_id, signature)
            values (:number, :day, :accounts, :previous_root, :root, :key_id, :signature)
            """)
        .bind("number", statement.number())
        .bind("day", statement.day())
        .bind("accounts", statement.accounts())
        .bind("previous_root", statement.previousRoot().bytes())
        .bind("root", statement.root().bytes())
        .bind("key_id", statement.keyId())
        .bind("signature", checkpoint.signature())
        .execute();
    handle
        .createUpdate(
            """
            insert into checkpoint_run (number, run, first_account, root)
            select :number, run, first_account, root
            from unnest(:runs, :accounts, :roots) as n (run, first_account, root)
            """)
        .bind("number", statement.number())
        .bind("runs", SqlArrays.ints(IntStream.range(0, runs.size()).boxed().toList()))
        .bind("accounts", SqlArrays.texts(runs.stream().map(Run::firstAccount).toList()))
        .bind("roots", SqlArrays.bytes(runs.stream().map(run -> run.root().bytes()).toList()))
        .execute();
  }

  /** The first checkpoint in which the account's head is this entry or a later one. */
  Optional<Checkpoint> covering(Handle handle, String account, long entry) {
    return handle
        .createQuery(
            CHECKPOINT
                + """
                where day = (select min(day) from checkpoint_head
                             where account = :account and entry >= :entry)
                """)
        .bind("account", account)
        .bind("entry", entry)
        .map((row, _) -> checkpoint(row))
        .findOne();
  }

  List<Run> runs(Handle handle, long number) {
    return handle
        .createQuery(
            "select first_account, root from checkpoint_run where number = :number order by run")
        .bind("number", number)
        .map(
            (row, _) -> new Run(row.getString("first_account"), hash("root", row.getBytes("root"))))
        .list();
  }

  /** In which run of a checkpoint an account's head is. */
  int runOf(Handle handle, long number, String account) {
    return handle
        .createQuery(
            """
            select max(run) from checkpoint_run
            where number = :number and first_account <= :account
            """)
        .bind("number", number)
        .bind("account", account)
        .mapTo(Integer.class)
        .one();
  }

  /**
   * The heads of a run, as they were at the end of that day.
   *
   * @param next where the next run begins; empty for the last
   */
  List<Head> headsOfRun(Handle handle, LocalDate day, String first, Optional<String> next) {
    return handle
        .createQuery(
            """
            select a.account, h.entry, h.hash
            from account a
              join lateral (
                select entry, hash from checkpoint_head
                where account = a.account and day <= :day
                order by day desc limit 1) h on true
            where a.account >= :first and (cast(:next as text) is null or a.account < :next)
            order by a.account
            """)
        .bind("day", day)
        .bind("first", first)
        .bind("next", next.orElse(null))
        .map((row, _) -> head(row))
        .list();
  }

  /** The newest first. */
  Page<Checkpoint> checkpoints(Handle handle, PageRequest page) {
    List<Checkpoint> rows =
        handle
            .createQuery(CHECKPOINT + "where number < :before order by number desc limit :rows")
            .bind("before", page.after().map(Long::parseLong).orElse(Long.MAX_VALUE))
            .bind("rows", page.size() + 1)
            .map((row, _) -> checkpoint(row))
            .list();
    return Page.of(rows, page, row -> Long.toString(row.statement().number()));
  }

  /** By id. */
  Page<SigningKey> keys(Handle handle, PageRequest page) {
    List<SigningKey> rows =
        handle
            .createQuery(
                """
                select key_id, public_key, first_day from checkpoint_key
                where key_id > :after
                order by key_id
                limit :rows
                """)
            .bind("after", page.after().orElse(""))
            .bind("rows", page.size() + 1)
            .map(
                (row, _) ->
                    new SigningKey(
                        row.getString("key_id"),
                        row.getBytes("public_key"),
                        row.getObject("first_day", LocalDate.class)))
            .list();
    return Page.of(rows, page, SigningKey::id);
  }

  private static Head head(ResultSet row) throws SQLException {
    return new Head(
        row.getString("account"), row.getLong("entry"), hash("hash", row.getBytes("hash")));
  }

  private static Checkpoint checkpoint(ResultSet row) throws SQLException {
    return new Checkpoint(
        new Statement(
            row.getString("key_id"),
            row.getLong("number"),
            row.getObject("day", LocalDate.class),
            row.getLong("accounts"),
            hash("previous_root", row.getBytes("previous_root")),
            hash("root", row.getBytes("root"))),
        row.getBytes("signature"));
  }

  private static Hash hash(String column, byte[] bytes) {
    return Hash.of(column, bytes);
  }
}
