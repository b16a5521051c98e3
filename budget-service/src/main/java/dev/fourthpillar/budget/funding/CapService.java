package dev.fourthpillar.budget.funding;

import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.Reason;
import dev.fourthpillar.backbone.outcome.AnswerCodec;
import dev.fourthpillar.backbone.outcome.Decision;
import dev.fourthpillar.backbone.outcome.MutatingRequest;
import dev.fourthpillar.backbone.outcome.Outcomes;
import dev.fourthpillar.backbone.paging.Page;
import dev.fourthpillar.backbone.paging.PageRequest;
import dev.fourthpillar.backbone.storage.Transactions;
import dev.fourthpillar.budget.account.AccountStore;
import dev.fourthpillar.budget.cap.Cap;
import dev.fourthpillar.budget.cap.CapKey;
import dev.fourthpillar.budget.cap.CapRepository;
import dev.fourthpillar.budget.cap.CapRoom;
import jakarta.inject.Singleton;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What finance does with caps, and what they look like. Owns the transactions. */
@Singleton
final class CapService {
  /** Caps of an installation. */
  static final int MAX_CAPS = 1_000;

  /** Caps of the same conditions, which all count for the same calls. */
  static final int MAX_ALIKE = 8;

  private final Transactions transactions;
  private final Outcomes outcomes;
  private final CapRepository rows;
  private final AccountStore accounts;

  CapService(
      Transactions transactions, Outcomes outcomes, CapRepository rows, AccountStore accounts) {
    this.transactions = transactions;
    this.outcomes = outcomes;
    this.rows = rows;
    this.accounts = accounts;
  }

  /** A cap in its present window. */
  record State(Cap cap, CapRoom room, Instant start, Optional<Instant> end) {}

  Cap put(MutatingRequest request, Cap wanted, AnswerCodec<Cap> codec) {
    return transactions
        .run(
            handle ->
                outcomes.once(handle, request, codec, () -> put(handle, request.subject(), wanted)))
        .orThrow();
  }

  private Decision<Cap> put(Handle handle, String author, Cap wanted) {
    rows.lock(handle);
    Instant now = accounts.now(handle);
    Optional<Cap> before = rows.find(handle, wanted.id());
    if (before.isPresent() && !before.get().mayBecome(wanted)) {
      return Decision.refused(
          Failure.invalidField(
              "cap",
              "only amount and disabled of '%s' may be changed; make another cap instead"
                  .formatted(wanted.id()),
              "cap.unchanged"));
    }
    if (before.isEmpty()) {
      List<Cap> all = rows.all(handle);
      if (all.size() >= MAX_CAPS) {
        return Decision.refused(limit("caps", MAX_CAPS, all.size() + 1));
      }
      long alike = all.stream().filter(cap -> cap.conditions().equals(wanted.conditions())).count();
      if (!wanted.namedOnly() && alike >= MAX_ALIKE) {
        return Decision.refused(limit("caps_alike", MAX_ALIKE, alike + 1));
      }
    }
    Cap cap = wanted.since(before.map(Cap::since).orElse(now));
    rows.put(handle, cap, author, now);
    return Decision.accepted(cap);
  }

  /** By id. */
  Page<State> list(PageRequest page) {
    return transactions.run(
        handle -> {
          Instant now = accounts.now(handle);
          List<Cap> caps = rows.after(handle, page.after().orElse(""), page.size() + 1);
          Map<CapKey, CapRoom> rooms =
              rows.rooms(handle, caps.stream().map(cap -> cap.at(now)).toList());
          return Page.of(
              caps.stream()
                  .map(
                      cap ->
                          new State(
                              cap,
                              rooms.getOrDefault(cap.at(now), unused(cap)),
                              cap.start(now),
                              cap.end(now)))
                  .toList(),
              page,
              state -> state.cap().id());
        });
  }

  private static CapRoom unused(Cap cap) {
    return new CapRoom(
        BigInteger.valueOf(cap.amount().nanos()), BigInteger.ZERO, BigInteger.ZERO, cap.disabled());
  }

  private static Failure limit(String what, long max, long actual) {
    return Failure.of(
            Reason.LIMIT_EXCEEDED, "%s: %d (expected: at most %d)".formatted(what, actual, max))
        .with("limit", what)
        .with("max", Long.toString(max))
        .with("actual", Long.toString(actual));
  }
}
