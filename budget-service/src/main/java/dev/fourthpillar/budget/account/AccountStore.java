package dev.fourthpillar.budget.account;

import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.feed.NewEvent;
import dev.fourthpillar.backbone.outcome.Decision;
import dev.fourthpillar.budget.account.AccountCommand.BookUsage;
import dev.fourthpillar.budget.account.AccountCommand.CatchUp;
import dev.fourthpillar.budget.account.AccountCommand.GrantLot;
import dev.fourthpillar.budget.account.AccountCommand.OfHold;
import dev.fourthpillar.budget.account.AccountCommand.Open;
import dev.fourthpillar.budget.account.Changes.AccountMinute;
import dev.fourthpillar.budget.cap.CapKey;
import dev.fourthpillar.budget.cap.CapMove;
import dev.fourthpillar.budget.cap.CapRoom;
import dev.fourthpillar.budget.cap.CapsService;
import dev.fourthpillar.budget.hold.Hold;
import dev.fourthpillar.budget.journal.Entry;
import jakarta.inject.Singleton;
import java.math.BigInteger;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/**
 * Accounts, and commands to many of them at once: in the caller's transaction, they are locked in
 * the order of their ids, then the windows of the caps that count something of it in theirs, every
 * command is decided in the order given, and what came of it is written set by set, with the events
 * that tell of it.
 */
@Singleton
public final class AccountStore {
  /** Commands of one call. */
  public static final int MAX_COMMANDS = 1_000;

  private final AccountRepository rows;
  private final AccountDecider decider;
  private final ChangeRepository changes;
  private final CapsService caps;
  private final LedgerTime time;
  private final InstantSource clock;

  AccountStore(
      AccountRepository rows,
      AccountDecider decider,
      ChangeRepository changes,
      CapsService caps,
      LedgerTime time,
      InstantSource clock) {
    this.rows = rows;
    this.decider = decider;
    this.changes = changes;
    this.caps = caps;
    this.time = time;
    this.clock = clock;
  }

  /**
   * Applies the commands; the decisions are in their order. A refused command leaves nothing
   * behind, except that the refusal of a reserve is kept. {@link Open}, {@link GrantLot} and {@link
   * BookUsage} make the account where it is not there; others are refused with NOT_FOUND then.
   */
  public List<Decision<AccountAnswer>> apply(Handle handle, List<Addressed> commands) {
    if (commands.size() > MAX_COMMANDS) {
      throw new IllegalArgumentException(
          "commands: %d (expected: at most %d)".formatted(commands.size(), MAX_COMMANDS));
    }
    if (commands.isEmpty()) {
      return List.of();
    }
    Batch batch = load(handle, commands);
    List<Decision<AccountAnswer>> decisions = new ArrayList<>(commands.size());
    for (Addressed command : commands) {
      decisions.add(batch.decide(command));
    }
    write(handle, batch);
    return decisions;
  }

  /** The same for one command. */
  public Decision<AccountAnswer> apply(Handle handle, AccountId account, AccountCommand command) {
    return apply(handle, List.of(new Addressed(account, command))).getFirst();
  }

  /**
   * Locks these accounts, and all of these engineers, in the order in which {@link #apply} does.
   */
  public void lock(Handle handle, Collection<AccountId> used, Collection<String> engineers) {
    rows.lockAll(handle, used, engineers);
  }

  /**
   * The account as it is at this moment: what time has done and nobody has written yet is in it.
   * Locks and writes nothing.
   */
  public Optional<AccountState> find(Handle handle, AccountId account) {
    return rows.find(handle, account).map(state -> now(handle, state));
  }

  /** The accounts of an engineer, likewise. */
  public List<AccountState> ofEngineer(Handle handle, String engineer) {
    return rows.ofEngineer(handle, engineer).stream().map(state -> now(handle, state)).toList();
  }

  /** The ledger's time. */
  public Instant now(Handle handle) {
    return time.at(rows.now(handle));
  }

  /** Which account pays for each of these holds; a hold that is not known is not in it. */
  public Map<HoldKey, AccountId> accountsOfHolds(Handle handle, Set<HoldKey> holds) {
    return holds.isEmpty() ? Map.of() : rows.accountsOfHolds(handle, holds);
  }

  private AccountState now(Handle handle, AccountState state) {
    return caughtUp(handle, Optional.of(state), new Addressed(state.id(), new CatchUp()))
        .states
        .get(state.id());
  }

  /**
   * A command that was tried.
   *
   * @param account as it is at this moment; empty where there is none
   * @param decision what would be decided
   */
  public record Tried(
      Optional<AccountState> account, Decision<AccountAnswer> decision, Instant now) {}

  /**
   * What would be decided of a reserve at this moment, had nobody used its id. Locks and writes
   * nothing.
   */
  public Tried tried(Handle handle, Addressed reserve) {
    Batch batch = caughtUp(handle, rows.find(handle, reserve.account()), reserve);
    Optional<AccountState> account = Optional.ofNullable(batch.states.get(reserve.account()));
    return new Tried(account, batch.decide(reserve), batch.now);
  }

  /** The account with what time has done, and what the command has to know. */
  private Batch caughtUp(Handle handle, Optional<AccountState> state, Addressed command) {
    AccountId account = command.account();
    Instant now = now(handle);
    Batch batch =
        new Batch(handle, now, state.map(found -> Map.of(account, found)).orElseGet(Map::of));
    rows.due(handle, account, now).forEach(batch::know);
    batch.rooms.putAll(caps.look(handle, windows(List.of(command), List.of())));
    batch.expire();
    var _ = batch.decide(new Addressed(account, new CatchUp()));
    return batch;
  }

  /** The hold that a command names, if it names one. */
  private static Optional<HoldKey> hold(Addressed addressed) {
    String id =
        switch (addressed.command()) {
          case OfHold ofHold -> ofHold.holdId();
          case BookUsage(var charge, var _) -> charge.holdId();
          case Open _,
              GrantLot _,
              AccountCommand.ChangeLot _,
              AccountCommand.EndLot _,
              AccountCommand.SetUncapped _,
              AccountCommand.SetTerms _,
              AccountCommand.RevokeLot _,
              AccountCommand.AnnounceReduction _,
              AccountCommand.Wanted _,
              CatchUp _ ->
              "";
        };
    return id.isEmpty()
        ? Optional.empty()
        : Optional.of(new HoldKey(addressed.account().engineer(), id));
  }

  private Batch load(Handle handle, List<Addressed> commands) {
    Set<AccountId> accounts = new TreeSet<>();
    Set<AccountId> opened = new TreeSet<>();
    Set<HoldKey> named = new HashSet<>();
    for (Addressed addressed : commands) {
      accounts.add(addressed.account());
      hold(addressed).ifPresent(named::add);
      switch (addressed.command()) {
        case Open _, GrantLot _, BookUsage _ -> opened.add(addressed.account());
        case AccountCommand.ChangeLot _,
            AccountCommand.EndLot _,
            AccountCommand.SetUncapped _,
            AccountCommand.SetTerms _,
            AccountCommand.RevokeLot _,
            AccountCommand.AnnounceReduction _,
            AccountCommand.Wanted _,
            OfHold _,
            CatchUp _ -> {}
      }
    }
    // Nearly the ledger's time: which holds really are due is decided by that of the lock.
    Instant near = time.at(clock.instant());
    AccountRepository.Loaded loaded = rows.load(handle, accounts, named, near);
    List<AccountRepository.Locked> locked = new ArrayList<>(loaded.accounts());
    locked.forEach(row -> opened.remove(row.state().id()));
    if (!opened.isEmpty()) {
      rows.insertMissing(handle, opened);
      locked.addAll(rows.load(handle, opened, Set.of(), near).accounts());
    }
    Map<AccountId, AccountState> states = new HashMap<>();
    Instant last = Instant.MIN;
    for (AccountRepository.Locked row : locked) {
      states.put(row.state().id(), row.state());
      last = row.databaseTime().isAfter(last) ? row.databaseTime() : last;
    }
    Instant now = locked.isEmpty() ? Instant.EPOCH : time.at(last);
    Batch batch = new Batch(handle, now, states);
    loaded.holds().forEach(batch::know);
    batch.rooms.putAll(caps.lock(handle, windows(commands, loaded.holds())));
    batch.expire();
    return batch;
  }

  /** The windows of caps in which something may be counted. */
  private static Set<CapKey> windows(List<Addressed> commands, List<Hold> holds) {
    Set<CapKey> windows = new TreeSet<>();
    holds.forEach(hold -> hold.caps().forEach(part -> windows.add(part.key())));
    for (Addressed addressed : commands) {
      switch (addressed.command()) {
        case AccountCommand.Reserve reserve ->
            reserve.caps().forEach(demand -> windows.add(demand.key()));
        case BookUsage(var _, var demands) -> demands.forEach(demand -> windows.add(demand.key()));
        case AccountCommand.Admit(Hold hold) ->
            hold.caps().forEach(part -> windows.add(part.key()));
        case AccountCommand _ -> {}
      }
    }
    return windows;
  }

  private void write(Handle handle, Batch batch) {
    List<AccountState> changed = batch.changed.stream().sorted().map(batch.states::get).toList();
    List<NewEvent> events = new ArrayList<>(batch.events);
    changed.forEach(state -> events.add(AccountEventMapper.balance(state)));
    List<Hold> holds = batch.touched.stream().map(batch.holds::get).toList();
    changes.write(
        handle,
        new Changes(
            changed,
            batch.closed(),
            batch.entries,
            holds,
            batch.usage,
            events,
            List.copyOf(batch.moves.values())));
    forgetOldRefusals(handle, holds);
  }

  /**
   * The newest refusals stay: the attempt that a caller has given up may still be under way, and
   * must find what the next one was answered.
   */
  private void forgetOldRefusals(Handle handle, List<Hold> holds) {
    List<AccountId> refusing =
        holds.stream()
            .filter(hold -> hold.refusal().isPresent())
            .map(AccountStore::accountOf)
            .distinct()
            .toList();
    if (!refusing.isEmpty()) {
      rows.refusals(handle, refusing).entrySet().stream()
          .filter(account -> account.getValue() > MAX_REFUSALS)
          .forEach(account -> rows.forgetRefusals(handle, account.getKey(), FEWER_REFUSALS));
    }
  }

  /** The account that pays for the hold. */
  public static AccountId accountOf(Hold hold) {
    return new AccountId(
        hold.terms().engineer(), hold.account().substring(hold.account().lastIndexOf('/') + 1));
  }

  /** Refusals that are kept of one account: a looping agent must not fill the disk. */
  static final int MAX_REFUSALS = 1_000;

  /** What is left of them then, so that not each refusal of such an agent deletes another. */
  static final int FEWER_REFUSALS = 900;

  /** The commands of one transaction under way. */
  private final class Batch {
    private final Handle handle;
    private final Instant now;
    private final Map<AccountId, AccountState> states;
    private final Map<AccountId, AccountState> loaded;
    private final Map<HoldKey, Hold> holds = new HashMap<>();
    private final Set<AccountId> changed = new HashSet<>();
    private final Set<HoldKey> touched = new LinkedHashSet<>();
    private final List<Entry> entries = new ArrayList<>();
    private final Map<AccountMinute, BigInteger> usage = new HashMap<>();
    private final List<NewEvent> events = new ArrayList<>();
    private final Map<CapKey, CapRoom> rooms = new HashMap<>();
    private final Map<CapKey, CapMove> moves = new TreeMap<>();

    Batch(Handle handle, Instant now, Map<AccountId, AccountState> states) {
      this.handle = handle;
      this.now = now;
      this.states = new HashMap<>(states);
      this.loaded = Map.copyOf(states);
    }

    void know(Hold hold) {
      holds.put(HoldKey.of(hold), hold);
    }

    /** Ends the holds whose time is over, before anything else looks at their accounts. */
    void expire() {
      holds.values().stream()
          .filter(hold -> hold.dueAt(now))
          .sorted(
              Comparator.comparing(Hold::expiresAt).thenComparing(hold -> hold.terms().holdId()))
          .toList()
          .forEach(
              hold -> {
                var _ =
                    decide(
                        new Addressed(
                            accountOf(hold), new AccountCommand.Expire(hold.terms().holdId())));
              });
    }

    Decision<AccountAnswer> decide(Addressed addressed) {
      AccountId account = addressed.account();
      AccountState before = states.get(account);
      if (before == null) {
        return Decision.refused(
            Failure.notFound(
                "account", account.toString(), "account %s does not exist".formatted(account)));
      }
      Decided decided =
          decider.decide(
              before,
              addressed.command(),
              hold(addressed),
              now,
              (from, until) -> history(account, from, until),
              window -> Optional.ofNullable(rooms.get(window)));
      keep(account, before, decided);
      return decided.decision();
    }

    private Optional<Hold> hold(Addressed addressed) {
      Optional<Hold> hold = AccountStore.hold(addressed).map(holds::get);
      // An id is the engineer's: another account's hold of that id is what a reserve has to meet.
      return addressed.command() instanceof AccountCommand.Reserve
              || addressed.command() instanceof AccountCommand.Admit
          ? hold
          : hold.filter(known -> known.account().equals(addressed.account().toString()));
    }

    private void keep(AccountId account, AccountState before, Decided decided) {
      if (decided.state().revision() != before.revision()) {
        changed.add(account);
      }
      states.put(account, decided.state());
      entries.addAll(decided.entries());
      decided
          .hold()
          .ifPresent(
              hold -> {
                holds.put(HoldKey.of(hold), hold);
                touched.add(HoldKey.of(hold));
              });
      for (CapMove move : decided.caps()) {
        moves.merge(move.key(), move, CapMove::plus);
        rooms.computeIfPresent(move.key(), (_, room) -> room.after(move));
      }
      for (MinuteUsage use : decided.usage()) {
        usage.merge(
            new AccountMinute(account, use.minute()),
            BigInteger.valueOf(use.nanos()),
            BigInteger::add);
      }
      decided.events().forEach(event -> events.addAll(AccountEventMapper.toEvents(account, event)));
    }

    /** The accounts of which segments were closed. */
    List<AccountState> closed() {
      return changed.stream()
          .map(states::get)
          .filter(state -> state.closedUntil() > loaded.get(state.id()).closedUntil())
          .toList();
    }

    /** What is stored and what this batch is about to. */
    private BigInteger history(AccountId account, long from, long until) {
      BigInteger stored = rows.usageBetween(handle, account, from, until);
      return usage.entrySet().stream()
          .filter(
              use ->
                  use.getKey().account().equals(account)
                      && use.getKey().minute() >= from
                      && use.getKey().minute() < until)
          .map(Map.Entry::getValue)
          .reduce(stored, BigInteger::add);
    }
  }
}
