package dev.fourthpillar.budget.account;

import dev.fourthpillar.backbone.storage.SqlArrays;
import dev.fourthpillar.budget.hold.Hold;
import dev.fourthpillar.budget.journal.Totals;
import dev.fourthpillar.proof.Hash;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/**
 * Rows of accounts, and what is read with them; what was decided {@link ChangeRepository} writes.
 */
@Singleton
final class AccountRepository {
  private static final String COLUMNS =
      """
      a.account, a.engineer, a.currency, a.revision, a.entries, a.chain_head, a.event_version,
      a.last_time, a.granted_nanos, a.settled_nanos, a.expired_nanos, a.reduced_nanos,
      a.overage_nanos, a.uncapped_nanos, a.state
      """;

  /** A locked account and the database's time, read when the lock was there. */
  record Locked(AccountState state, Instant databaseTime) {}

  /** What a batch needs to know, once its accounts are locked. */
  record Loaded(List<Locked> accounts, List<Hold> holds) {}

  private static final String LOAD =
      """
      select *, clock_timestamp() as locked_at
      from (select %s from account a
            where a.account = any (?) order by a.account for update) locked;
      select h.body
      from unnest(?, ?) as n (engineer, hold_id)
        join hold h on h.engineer = n.engineer and h.hold_id = n.hold_id
      union all
      select h.body
      from hold h
      where h.account = any (?) and h.state = 'HELD'
        and h.expires_at <= greatest(clock_timestamp(), ?)
        and (h.engineer, h.hold_id) not in (select * from unnest(?, ?))
      """
          .formatted(COLUMNS);

  /**
   * Those of the accounts that exist, locked in order until the transaction ends, the named holds,
   * and the accounts' open ones that are due at that time or by now. Two statements in one round
   * trip, of which the second sees what was committed while the first waited: Jdbi cannot read two
   * results.
   */
  Loaded load(
      Handle handle, Collection<AccountId> accounts, Collection<HoldKey> named, Instant due) {
    Connection connection = handle.getConnection();
    try (PreparedStatement statement = connection.prepareStatement(LOAD)) {
      Array ids = SqlArrays.texts(connection, texts(accounts));
      Array engineers = SqlArrays.texts(connection, named.stream().map(HoldKey::engineer).toList());
      Array holdIds = SqlArrays.texts(connection, named.stream().map(HoldKey::holdId).toList());
      statement.setArray(1, ids);
      statement.setArray(2, engineers);
      statement.setArray(3, holdIds);
      statement.setArray(4, ids);
      statement.setObject(5, due.atOffset(ZoneOffset.UTC));
      statement.setArray(6, engineers);
      statement.setArray(7, holdIds);
      statement.execute();
      List<Locked> locked = new ArrayList<>();
      try (ResultSet rows = statement.getResultSet()) {
        while (rows.next()) {
          locked.add(new Locked(state(rows), instant(rows, "locked_at")));
        }
      }
      List<Hold> holds = new ArrayList<>();
      statement.getMoreResults();
      try (ResultSet rows = statement.getResultSet()) {
        while (rows.next()) {
          holds.add(Json.hold(rows.getString("body")));
        }
      }
      return new Loaded(locked, holds);
    } catch (SQLException e) {
      throw new UnableToExecuteStatementException("accounts cannot be read", e, null);
    }
  }

  /** Locks those that exist of these accounts, and of these engineers', in order. */
  void lockAll(Handle handle, Collection<AccountId> accounts, Collection<String> engineers) {
    handle
        .createQuery(
            """
            select account from account
            where account = any (:accounts) or engineer = any (:engineers)
            order by account
            for update
            """)
        .bindArray("accounts", String.class, texts(accounts))
        .bindArray("engineers", String.class, List.copyOf(engineers))
        .mapTo(String.class)
        .list();
  }

  /** Makes the accounts that are not there. */
  void insertMissing(Handle handle, Collection<AccountId> accounts) {
    List<AccountId> sorted = accounts.stream().sorted().toList();
    handle
        .createUpdate(
            """
            insert into account
              (account, engineer, currency, revision, entries, chain_head, event_version, last_time,
               granted_nanos, settled_nanos, held_nanos, expired_nanos, reduced_nanos, overage_nanos,
               uncapped_nanos, state)
            select account, engineer, currency, 0, 0, :head, 0, 'epoch', 0, 0, 0, 0, 0, 0, 0, :state
            from unnest(:accounts, :engineers, :currencies) as n (account, engineer, currency)
            order by account
            on conflict do nothing
            """)
        .bind("head", Hash.ZERO.bytes())
        .bind("state", StateCodec.encode(AccountState.empty(new AccountId("none", "XXX"))))
        .bindArray("accounts", String.class, texts(sorted))
        .bindArray("engineers", String.class, sorted.stream().map(AccountId::engineer).toList())
        .bindArray("currencies", String.class, sorted.stream().map(AccountId::currency).toList())
        .execute();
  }

  Optional<AccountState> find(Handle handle, AccountId account) {
    return handle
        .createQuery("select <columns> from account a where a.account = :account")
        .define("columns", COLUMNS)
        .bind("account", account.toString())
        .map((row, _) -> state(row))
        .findOne();
  }

  List<AccountState> ofEngineer(Handle handle, String engineer) {
    return handle
        .createQuery(
            "select <columns> from account a where a.engineer = :engineer order by a.account")
        .define("columns", COLUMNS)
        .bind("engineer", engineer)
        .map((row, _) -> state(row))
        .list();
  }

  Instant now(Handle handle) {
    return handle.createQuery("select clock_timestamp()").mapTo(Instant.class).one();
  }

  /** The open holds of an account whose time is over. */
  List<Hold> due(Handle handle, AccountId account, Instant now) {
    return handle
        .createQuery(
            """
            select body from hold
            where account = :account and state = 'HELD' and expires_at <= :now
            """)
        .bind("account", account.toString())
        .bind("now", now)
        .map((row, _) -> Json.hold(row.getString("body")))
        .list();
  }

  /** Which account pays for each of these holds; who is not in it is unknown. */
  Map<HoldKey, AccountId> accountsOfHolds(Handle handle, Collection<HoldKey> holds) {
    return handle
        .createQuery(
            """
            select h.engineer, h.hold_id, a.currency
            from unnest(:engineers, :ids) as n (engineer, hold_id)
              join hold h on h.engineer = n.engineer and h.hold_id = n.hold_id
              join account a on a.account = h.account
            where h.state <> 'REFUSED'
            """)
        .bind("engineers", SqlArrays.texts(holds.stream().map(HoldKey::engineer).toList()))
        .bind("ids", SqlArrays.texts(holds.stream().map(HoldKey::holdId).toList()))
        .map(
            (row, _) ->
                Map.entry(
                    new HoldKey(row.getString("engineer"), row.getString("hold_id")),
                    new AccountId(row.getString("engineer"), row.getString("currency"))))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** How many refusals are kept of each account. */
  Map<String, Integer> refusals(Handle handle, Collection<AccountId> accounts) {
    return handle
        .createQuery(
            """
            select account, count(*)::int as refusals
            from hold
            where account = any (:accounts) and state = 'REFUSED'
            group by account
            """)
        .bindArray("accounts", String.class, texts(accounts))
        .map((row, _) -> Map.entry(row.getString("account"), row.getInt("refusals")))
        .collect(
            Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, _) -> a, HashMap::new));
  }

  /** Deletes all refusals of an account but the latest. */
  void forgetRefusals(Handle handle, String account, int kept) {
    handle
        .createUpdate(
            """
            delete from hold
            where (engineer, hold_id) in (
              select engineer, hold_id
              from hold
              where account = :account and state = 'REFUSED'
              order by reserved_at desc, hold_id
              offset :kept)
            """)
        .bind("account", account)
        .bind("kept", kept)
        .execute();
  }

  BigInteger usageBetween(Handle handle, AccountId account, long from, long until) {
    return handle
        .createQuery(
            """
            select coalesce(sum(nanos), 0)
            from account_usage
            where account = :account and minute >= :from and minute < :until
            """)
        .bind("account", account.toString())
        .bind("from", from)
        .bind("until", until)
        .mapTo(BigDecimal.class)
        .one()
        .toBigIntegerExact();
  }

  private static AccountState state(ResultSet row) throws SQLException {
    StateCodec.Inside inside = StateCodec.decode(row.getBytes("state"));
    return new AccountState(
        new AccountId(row.getString("engineer"), row.getString("currency")),
        row.getLong("entries"),
        Hash.of("chain_head", row.getBytes("chain_head")),
        new Totals(
            number(row, "granted_nanos"),
            number(row, "settled_nanos"),
            number(row, "expired_nanos"),
            number(row, "reduced_nanos"),
            number(row, "overage_nanos"),
            number(row, "uncapped_nanos")),
        row.getLong("revision"),
        row.getLong("event_version"),
        instant(row, "last_time"),
        inside.lots(),
        inside.uncappedTimes(),
        inside.usage(),
        inside.closedUntil(),
        inside.overage(),
        inside.uncapped(),
        inside.thresholds(),
        inside.openHolds(),
        inside.unpinned(),
        inside.terms());
  }

  private static BigInteger number(ResultSet row, String column) throws SQLException {
    return row.getBigDecimal(column).toBigIntegerExact();
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  private static List<String> texts(Collection<AccountId> accounts) {
    return accounts.stream().map(AccountId::toString).toList();
  }
}
