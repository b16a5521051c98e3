package dev.fourthpillar.budget.account;

import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.Reason;
import dev.fourthpillar.backbone.feed.FeedWriter;
import dev.fourthpillar.backbone.feed.NewEvent;
import dev.fourthpillar.backbone.storage.SqlArrays;
import dev.fourthpillar.budget.account.Changes.AccountMinute;
import dev.fourthpillar.budget.cap.CapMove;
import dev.fourthpillar.budget.hold.Hold;
import dev.fourthpillar.budget.hold.HoldState;
import dev.fourthpillar.budget.journal.Entry;
import dev.fourthpillar.budget.journal.Totals;
import jakarta.inject.Singleton;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.statement.Update;

/**
 * Writes what was decided: set by set, and all sets with their events in one round trip. On a busy
 * machine a round trip costs two waits for a processor, and there would be five of them.
 */
@Singleton
final class ChangeRepository {
  /** How long a hold that ended is kept: so long can usage still be told to be its call's. */
  static final Duration ENDED_KEPT = Duration.ofDays(42);

  /** Events of one statement: what the feed takes in one change. */
  private static final int EVENTS_AT_ONCE = 1_000;

  private static final String HOLDS =
      """
      insert into hold as h
        (engineer, hold_id, account, state, reserved_at, expires_at, delete_at, body)
      select engineer, hold_id, account, state, reserved_at, expires_at, delete_at, body::json
      from unnest(:hold_engineers, :hold_ids, :hold_accounts, :hold_states, :hold_reserved,
                  :hold_expires, :hold_deletes, :hold_bodies)
        as n (engineer, hold_id, account, state, reserved_at, expires_at, delete_at, body)
      on conflict (engineer, hold_id) do update
      set account = excluded.account, state = excluded.state,
          reserved_at = excluded.reserved_at, expires_at = excluded.expires_at,
          delete_at = excluded.delete_at, body = excluded.body
      where h.account = excluded.account or h.state = 'REFUSED'
      """;

  private static final String ACCOUNTS =
      """
      update account a
      set revision = n.revision, entries = n.entries, chain_head = n.chain_head,
          event_version = n.event_version, last_time = n.last_time,
          granted_nanos = n.granted, settled_nanos = n.settled, held_nanos = n.held,
          expired_nanos = n.expired, reduced_nanos = n.reduced, overage_nanos = n.overage,
          uncapped_nanos = n.uncapped, state = n.state
      from unnest(:accounts, :account_revisions, :account_entries, :account_heads,
                  :account_versions, :account_times, :account_granted, :account_settled,
                  :account_held, :account_expired, :account_reduced, :account_overage,
                  :account_uncapped, :account_states)
        as n (account, revision, entries, chain_head, event_version, last_time, granted,
              settled, held, expired, reduced, overage, uncapped, state)
      where a.account = n.account
      """;

  private static final String JOURNAL =
      """
      insert into journal
        (account, entry, kind, debit, credit, amount_nanos, cause_type, cause_id,
         cause_detail, lots, granted_nanos, settled_nanos, expired_nanos, reduced_nanos,
         overage_nanos, uncapped_nanos, effective_at, recorded_at, hash)
      select account, entry, kind, debit, credit, amount, cause_type, cause_id,
             cause_detail, lots::jsonb, granted, settled, expired, reduced, overage, uncapped,
             effective_at, recorded_at, hash
      from unnest(:entry_accounts, :entry_numbers, :entry_kinds, :entry_debits, :entry_credits,
                  :entry_amounts, :entry_cause_types, :entry_cause_ids, :entry_cause_details,
                  :entry_lots, :entry_granted, :entry_settled, :entry_expired, :entry_reduced,
                  :entry_overage, :entry_uncapped, :entry_effective, :entry_recorded, :entry_hashes)
        as n (account, entry, kind, debit, credit, amount, cause_type, cause_id,
              cause_detail, lots, granted, settled, expired, reduced, overage, uncapped,
              effective_at, recorded_at, hash)
      """;

  private static final String USAGE =
      """
      insert into account_usage as u (account, minute, nanos)
      select account, minute, nanos
      from unnest(:usage_accounts, :usage_minutes, :usage_nanos) as n (account, minute, nanos)
      on conflict (account, minute) do update set nanos = u.nanos + excluded.nanos
      """;

  /** The minutes of closed segments. */
  private static final String FORGOTTEN =
      """
      delete from account_usage u
      using unnest(:closed_accounts, :closed_minutes) as n (account, closed_until)
      where u.account = n.account and u.minute < n.closed_until
      """;

  private static final String CAPS =
      """
      update cap_window w
      set held_nanos = w.held_nanos + n.held, settled_nanos = w.settled_nanos + n.settled
      from unnest(:caps, :cap_starts, :cap_held, :cap_settled) as n (cap, start_minute, held, settled)
      where w.cap = n.cap and w.start_minute = n.start_minute
      """;

  private final FeedWriter feed;

  ChangeRepository(FeedWriter feed) {
    this.feed = feed;
  }

  void write(Handle handle, Changes changes) {
    if (changes.isEmpty()) {
      return;
    }
    List<String> statements = new ArrayList<>();
    // First, for its count is the one that is told.
    addIf(!changes.holds().isEmpty(), statements, HOLDS);
    addIf(!changes.accounts().isEmpty(), statements, ACCOUNTS);
    addIf(!changes.entries().isEmpty(), statements, JOURNAL);
    addIf(!changes.usage().isEmpty(), statements, USAGE);
    addIf(!changes.closed().isEmpty(), statements, FORGOTTEN);
    addIf(!changes.caps().isEmpty(), statements, CAPS);
    List<NewEvent> events = changes.events();
    int together = Math.min(events.size(), EVENTS_AT_ONCE);
    Update all =
        feed.appendAfter(handle, String.join(";\n", statements), events.subList(0, together));
    bindHolds(all, changes.holds());
    bindAccounts(all, changes.accounts());
    bindEntries(all, changes.entries());
    bindUsage(all, changes);
    bindCaps(all, changes.caps());
    int first = all.execute();
    if (!changes.holds().isEmpty() && first != changes.holds().size()) {
      // Two accounts of one engineer met at an id at the same moment; the next attempt sees the
      // first.
      throw Failure.of(
              Reason.CONFLICTING_CHANGE, "a hold of that id was made at the same time; retry")
          .asException();
    }
    for (int from = together; from < events.size(); from += EVENTS_AT_ONCE) {
      feed.append(handle, events.subList(from, Math.min(events.size(), from + EVENTS_AT_ONCE)));
    }
  }

  private static void addIf(boolean needed, List<String> statements, String statement) {
    if (needed) {
      statements.add(statement);
    }
  }

  private static void bindHolds(Update all, List<Hold> holds) {
    if (holds.isEmpty()) {
      return;
    }
    all.bind("hold_engineers", texts(holds, hold -> hold.terms().engineer()))
        .bind("hold_ids", texts(holds, hold -> hold.terms().holdId()))
        .bind("hold_accounts", texts(holds, Hold::account))
        .bind("hold_states", texts(holds, hold -> hold.state().name()))
        .bind("hold_reserved", SqlArrays.times(each(holds, Hold::reservedAt)))
        .bind("hold_expires", SqlArrays.times(each(holds, Hold::expiresAt)))
        .bind("hold_deletes", SqlArrays.maybeTimes(each(holds, ChangeRepository::deleteAt)))
        .bind("hold_bodies", texts(holds, Json::of));
  }

  private static Optional<Instant> deleteAt(Hold hold) {
    Duration kept = hold.state() == HoldState.REFUSED ? HoldDecider.REFUSAL_FROZEN : ENDED_KEPT;
    return hold.endedAt().map(end -> end.plus(kept));
  }

  private static void bindAccounts(Update all, List<AccountState> states) {
    if (states.isEmpty()) {
      return;
    }
    all.bind("accounts", texts(states, state -> state.id().toString()))
        .bind("account_revisions", SqlArrays.longs(each(states, AccountState::revision)))
        .bind("account_entries", SqlArrays.longs(each(states, AccountState::entries)))
        .bind("account_heads", SqlArrays.bytes(each(states, state -> state.head().bytes())))
        .bind("account_versions", SqlArrays.longs(each(states, AccountState::eventVersion)))
        .bind("account_times", SqlArrays.times(each(states, AccountState::lastTime)))
        .bind("account_held", SqlArrays.numbers(each(states, AccountState::held)))
        .bind("account_states", SqlArrays.bytes(each(states, StateCodec::encode)));
    bindTotals(all, "account_", each(states, AccountState::totals));
  }

  private static void bindEntries(Update all, List<Entry> entries) {
    if (entries.isEmpty()) {
      return;
    }
    all.bind("entry_accounts", texts(entries, Entry::account))
        .bind("entry_numbers", SqlArrays.longs(each(entries, Entry::number)))
        .bind("entry_kinds", texts(entries, entry -> entry.kind().name()))
        .bind("entry_debits", texts(entries, entry -> entry.debit().name()))
        .bind("entry_credits", texts(entries, entry -> entry.credit().name()))
        .bind("entry_amounts", SqlArrays.numbers(each(entries, Entry::amount)))
        .bind("entry_cause_types", texts(entries, entry -> entry.cause().type().name()))
        .bind("entry_cause_ids", texts(entries, entry -> entry.cause().id()))
        .bind("entry_cause_details", texts(entries, entry -> entry.cause().detail()))
        .bind("entry_lots", texts(entries, entry -> Json.of(entry.lots())))
        .bind("entry_effective", SqlArrays.times(each(entries, Entry::effective)))
        .bind("entry_recorded", SqlArrays.times(each(entries, Entry::recorded)))
        .bind("entry_hashes", SqlArrays.bytes(each(entries, entry -> entry.hash().bytes())));
    bindTotals(all, "entry_", each(entries, Entry::totals));
  }

  private static void bindTotals(Update all, String prefix, List<Totals> totals) {
    all.bind(prefix + "granted", SqlArrays.numbers(each(totals, Totals::granted)))
        .bind(prefix + "settled", SqlArrays.numbers(each(totals, Totals::settled)))
        .bind(prefix + "expired", SqlArrays.numbers(each(totals, Totals::expired)))
        .bind(prefix + "reduced", SqlArrays.numbers(each(totals, Totals::reduced)))
        .bind(prefix + "overage", SqlArrays.numbers(each(totals, Totals::overage)))
        .bind(prefix + "uncapped", SqlArrays.numbers(each(totals, Totals::uncapped)));
  }

  private static void bindUsage(Update all, Changes changes) {
    if (!changes.usage().isEmpty()) {
      List<Map.Entry<AccountMinute, BigInteger>> rows = List.copyOf(changes.usage().entrySet());
      all.bind("usage_accounts", texts(rows, row -> row.getKey().account().toString()))
          .bind("usage_minutes", SqlArrays.longs(each(rows, row -> row.getKey().minute())))
          .bind("usage_nanos", SqlArrays.numbers(each(rows, Map.Entry::getValue)));
    }
    if (!changes.closed().isEmpty()) {
      all.bind("closed_accounts", texts(changes.closed(), state -> state.id().toString()))
          .bind(
              "closed_minutes", SqlArrays.longs(each(changes.closed(), AccountState::closedUntil)));
    }
  }

  private static void bindCaps(Update all, List<CapMove> moves) {
    if (!moves.isEmpty()) {
      all.bind("caps", texts(moves, move -> move.key().cap()))
          .bind("cap_starts", SqlArrays.longs(each(moves, move -> move.key().start())))
          .bind("cap_held", SqlArrays.numbers(each(moves, CapMove::held)))
          .bind("cap_settled", SqlArrays.numbers(each(moves, CapMove::settled)));
    }
  }

  private static <A> Argument texts(List<A> rows, Function<A, String> column) {
    return SqlArrays.texts(each(rows, column));
  }

  private static <A, B> List<B> each(List<A> rows, Function<A, B> column) {
    return rows.stream().map(column).toList();
  }
}
