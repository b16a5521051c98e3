package dev.fourthpillar.budget.account;

import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.Reason;
import dev.fourthpillar.budget.hold.Hold;
import dev.fourthpillar.budget.hold.HoldState;
import dev.fourthpillar.budget.journal.ChainHash;
import dev.fourthpillar.budget.journal.Entry;
import dev.fourthpillar.budget.journal.Totals;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.statement.Update;

/** Rows of accounts, their journal, holds and usage. Everything is written set by set. */
@Singleton
final class AccountRepository {
  private static final String COLUMNS =
      """
      a.account, a.engineer, a.currency, a.revision, a.entries, a.chain_head, a.event_version,
      a.last_time, a.granted_nanos, a.settled_nanos, a.expired_nanos, a.reduced_nanos,
      a.overage_nanos, a.uncapped_nanos, a.state
      """;

  /** How long a hold that ended is kept: so long can usage still be told to be its call's. */
  static final Duration ENDED_KEPT = Duration.ofDays(42);

  /** A locked account and the database's time, read when the lock was there. */
  record Locked(AccountState state, Instant databaseTime) {}

  /** The accounts that exist, locked in order until the transaction ends. */
  List<Locked> lock(Handle handle, Collection<AccountId> accounts) {
    return handle
        .createQuery(
            """
            select *, clock_timestamp() as locked_at
            from (select <columns> from account a
                  where a.account = any (:accounts) order by a.account for update) locked
            """)
        .define("columns", COLUMNS)
        .bindArray("accounts", String.class, texts(accounts))
        .map((row, _) -> new Locked(state(row), instant(row, "locked_at")))
        .list();
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
        .bind("head", ChainHash.START.bytes())
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

  /** The named holds, and those of the accounts whose time is over. */
  List<Hold> holds(
      Handle handle, Collection<HoldKey> named, Collection<AccountId> accounts, Instant now) {
    return handle
        .createQuery(
            """
            select h.body
            from unnest(:engineers, :ids) as n (engineer, hold_id)
              join hold h on h.engineer = n.engineer and h.hold_id = n.hold_id
            union all
            select h.body
            from hold h
            where h.account = any (:accounts) and h.state = 'HELD' and h.expires_at <= :now
              and (h.engineer, h.hold_id) not in (select * from unnest(:engineers, :ids))
            """)
        .bindArray("engineers", String.class, named.stream().map(HoldKey::engineer).toList())
        .bindArray("ids", String.class, named.stream().map(HoldKey::holdId).toList())
        .bindArray("accounts", String.class, texts(accounts))
        .bind("now", now)
        .map((row, _) -> Json.hold(row.getString("body")))
        .list();
  }

  /** Which account a hold is paid from; who is not in it is unknown. */
  Map<String, String> accountsOfHolds(Handle handle, String engineer, Collection<String> holdIds) {
    return handle
        .createQuery(
            """
            select hold_id, account
            from hold
            where engineer = :engineer and hold_id = any (:ids) and state <> 'REFUSED'
            """)
        .bind("engineer", engineer)
        .bindArray("ids", String.class, List.copyOf(holdIds))
        .map((row, _) -> Map.entry(row.getString("hold_id"), row.getString("account")))
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

  void update(Handle handle, List<AccountState> states) {
    Update update =
        handle
            .createUpdate(
                """
                update account a
                set revision = n.revision, entries = n.entries, chain_head = n.chain_head,
                    event_version = n.event_version, last_time = n.last_time,
                    granted_nanos = n.granted, settled_nanos = n.settled, held_nanos = n.held,
                    expired_nanos = n.expired, reduced_nanos = n.reduced, overage_nanos = n.overage,
                    uncapped_nanos = n.uncapped, state = n.state
                from unnest(:accounts, :revisions, :entries, :heads, :versions, :times, :granted,
                            :settled, :held, :expired, :reduced, :overage, :uncapped, :states)
                  as n (account, revision, entries, chain_head, event_version, last_time, granted,
                        settled, held, expired, reduced, overage, uncapped, state)
                where a.account = n.account
                """)
            .bindArray("accounts", String.class, each(states, state -> state.id().toString()))
            .bindArray("revisions", Long.class, each(states, AccountState::revision))
            .bindArray("entries", Long.class, each(states, AccountState::entries))
            .bind("heads", bytes(each(states, state -> state.head().bytes())))
            .bindArray("versions", Long.class, each(states, AccountState::eventVersion))
            .bind("times", times(each(states, AccountState::lastTime)))
            .bind("held", numbers(each(states, AccountState::held)))
            .bind("states", bytes(each(states, StateCodec::encode)));
    bindTotals(update, each(states, AccountState::totals));
    update.execute();
  }

  void append(Handle handle, List<Entry> entries) {
    if (entries.isEmpty()) {
      return;
    }
    Update insert =
        handle
            .createUpdate(
                """
                insert into journal
                  (account, entry, kind, debit, credit, amount_nanos, cause_type, cause_id,
                   cause_detail, lots, granted_nanos, settled_nanos, expired_nanos, reduced_nanos,
                   overage_nanos, uncapped_nanos, effective_at, recorded_at, hash)
                select account, entry, kind, debit, credit, amount, cause_type, cause_id,
                       cause_detail, lots::jsonb, granted, settled, expired, reduced, overage, uncapped,
                       effective_at, recorded_at, hash
                from unnest(:accounts, :entries, :kinds, :debits, :credits, :amounts, :cause_types,
                            :cause_ids, :cause_details, :lots, :granted, :settled, :expired,
                            :reduced, :overage, :uncapped, :effective, :recorded, :hashes)
                  as n (account, entry, kind, debit, credit, amount, cause_type, cause_id,
                        cause_detail, lots, granted, settled, expired, reduced, overage, uncapped,
                        effective_at, recorded_at, hash)
                """)
            .bindArray("accounts", String.class, each(entries, Entry::account))
            .bindArray("entries", Long.class, each(entries, Entry::number))
            .bindArray("kinds", String.class, each(entries, entry -> entry.kind().name()))
            .bindArray("debits", String.class, each(entries, entry -> entry.debit().name()))
            .bindArray("credits", String.class, each(entries, entry -> entry.credit().name()))
            .bind("amounts", numbers(each(entries, Entry::amount)))
            .bindArray(
                "cause_types", String.class, each(entries, entry -> entry.cause().type().name()))
            .bindArray("cause_ids", String.class, each(entries, entry -> entry.cause().id()))
            .bindArray(
                "cause_details", String.class, each(entries, entry -> entry.cause().detail()))
            .bindArray("lots", String.class, each(entries, entry -> Json.of(entry.lots())))
            .bind("effective", times(each(entries, Entry::effective)))
            .bind("recorded", times(each(entries, Entry::recorded)))
            .bind("hashes", bytes(each(entries, entry -> entry.hash().bytes())));
    bindTotals(insert, each(entries, Entry::totals));
    insert.execute();
  }

  private static void bindTotals(Update statement, List<Totals> totals) {
    statement
        .bind("granted", numbers(each(totals, Totals::granted)))
        .bind("settled", numbers(each(totals, Totals::settled)))
        .bind("expired", numbers(each(totals, Totals::expired)))
        .bind("reduced", numbers(each(totals, Totals::reduced)))
        .bind("overage", numbers(each(totals, Totals::overage)))
        .bind("uncapped", numbers(each(totals, Totals::uncapped)));
  }

  void put(Handle handle, Collection<Hold> holds) {
    if (holds.isEmpty()) {
      return;
    }
    List<Hold> rows = List.copyOf(holds);
    int written =
        handle
            .createUpdate(
                """
            insert into hold as h
              (engineer, hold_id, account, state, reserved_at, expires_at, delete_at, body)
            select engineer, hold_id, account, state, reserved_at, expires_at, delete_at, body::json
            from unnest(:engineers, :ids, :accounts, :states, :reserved, :expires, :deletes, :bodies)
              as n (engineer, hold_id, account, state, reserved_at, expires_at, delete_at, body)
            on conflict (engineer, hold_id) do update
            set account = excluded.account, state = excluded.state,
                reserved_at = excluded.reserved_at, expires_at = excluded.expires_at,
                delete_at = excluded.delete_at, body = excluded.body
            where h.account = excluded.account or h.state = 'REFUSED'
            """)
            .bindArray("engineers", String.class, each(rows, hold -> hold.terms().engineer()))
            .bindArray("ids", String.class, each(rows, hold -> hold.terms().holdId()))
            .bindArray("accounts", String.class, each(rows, Hold::account))
            .bindArray("states", String.class, each(rows, hold -> hold.state().name()))
            .bind("reserved", times(each(rows, Hold::reservedAt)))
            .bind("expires", times(each(rows, Hold::expiresAt)))
            .bind("deletes", times(rows.stream().map(AccountRepository::deleteAt).toList()))
            .bindArray("bodies", String.class, each(rows, Json::of))
            .execute();
    if (written != rows.size()) {
      // Two accounts of one engineer met at an id at the same moment; the next attempt sees the
      // first.
      throw Failure.of(
              Reason.CONFLICTING_CHANGE, "a hold of that id was made at the same time; retry")
          .asException();
    }
  }

  private static Optional<Instant> deleteAt(Hold hold) {
    Duration kept = hold.state() == HoldState.REFUSED ? HoldDecider.REFUSAL_FROZEN : ENDED_KEPT;
    return hold.endedAt().map(end -> end.plus(kept));
  }

  /** Adds to the usage by minute. */
  void addUsage(Handle handle, Map<AccountMinute, BigInteger> usage) {
    if (usage.isEmpty()) {
      return;
    }
    List<Map.Entry<AccountMinute, BigInteger>> rows = List.copyOf(usage.entrySet());
    handle
        .createUpdate(
            """
            insert into account_usage as u (account, minute, nanos)
            select account, minute, nanos
            from unnest(:accounts, :minutes, :nanos) as n (account, minute, nanos)
            on conflict (account, minute) do update set nanos = u.nanos + excluded.nanos
            """)
        .bindArray("accounts", String.class, each(rows, row -> row.getKey().account().toString()))
        .bindArray("minutes", Long.class, each(rows, row -> row.getKey().minute()))
        .bind("nanos", numbers(each(rows, Map.Entry::getValue)))
        .execute();
  }

  /** Drops the minutes of closed segments. */
  void forgetUsage(Handle handle, List<AccountState> states) {
    if (states.isEmpty()) {
      return;
    }
    handle
        .createUpdate(
            """
            delete from account_usage u
            using unnest(:accounts, :minutes) as n (account, closed_until)
            where u.account = n.account and u.minute < n.closed_until
            """)
        .bindArray("accounts", String.class, each(states, state -> state.id().toString()))
        .bindArray("minutes", Long.class, each(states, AccountState::closedUntil))
        .execute();
  }

  /** Whose usage, and when. */
  record AccountMinute(AccountId account, long minute) {}

  private static AccountState state(ResultSet row) throws SQLException {
    StateCodec.Inside inside = StateCodec.decode(row.getBytes("state"));
    return new AccountState(
        new AccountId(row.getString("engineer"), row.getString("currency")),
        row.getLong("entries"),
        new ChainHash(row.getBytes("chain_head")),
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
        inside.openHolds());
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

  private static <A, B> List<B> each(List<A> rows, Function<A, B> column) {
    return rows.stream().map(column).toList();
  }

  /** By hand: Jdbi would make an Object[] of it, which the driver refuses for bytes. */
  private static Argument bytes(List<byte[]> values) {
    byte[][] array = values.toArray(byte[][]::new);
    return (position, statement, _) ->
        statement.setArray(position, statement.getConnection().createArrayOf("bytea", array));
  }

  private static Argument numbers(List<BigInteger> values) {
    Object[] array = values.stream().map(BigDecimal::new).toArray();
    return (position, statement, _) ->
        statement.setArray(position, statement.getConnection().createArrayOf("numeric", array));
  }

  private static Argument times(List<?> values) {
    Object[] array =
        values.stream()
            .map(value -> value instanceof Optional<?> maybe ? maybe.orElse(null) : value)
            .map(value -> value == null ? null : ((Instant) value).atOffset(ZoneOffset.UTC))
            .toArray();
    return (position, statement, _) ->
        statement.setArray(position, statement.getConnection().createArrayOf("timestamptz", array));
  }
}
