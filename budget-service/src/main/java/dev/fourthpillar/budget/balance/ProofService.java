package dev.fourthpillar.budget.balance;

import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.Reason;
import dev.fourthpillar.backbone.storage.Transactions;
import dev.fourthpillar.backbone.stream.Source;
import dev.fourthpillar.backbone.stream.Source.Step;
import dev.fourthpillar.budget.account.AccountId;
import dev.fourthpillar.budget.checkpoint.CheckpointService;
import dev.fourthpillar.budget.checkpoint.CheckpointService.Way;
import dev.fourthpillar.budget.journal.Entry;
import dev.fourthpillar.budget.ledger.LedgerService;
import dev.fourthpillar.proof.Hash;
import jakarta.inject.Singleton;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Proofs that entries are in the ledger as it was signed, part by part. */
@Singleton
final class ProofService {
  /** Entries of one part. */
  static final int ENTRIES = 500;

  private final Transactions transactions;
  private final LedgerService ledger;
  private final CheckpointService checkpoints;

  ProofService(Transactions transactions, LedgerService ledger, CheckpointService checkpoints) {
    this.transactions = transactions;
    this.ledger = ledger;
    this.checkpoints = checkpoints;
  }

  /** A part of a proof. */
  sealed interface Part {
    record Begin(AccountId account, long entry, Hash previous) implements Part {}

    record Entries(AccountId account, List<Entry> entries) implements Part {}

    record End(Way way) implements Part {}
  }

  /** The parts of a proof, each read when the client has taken the one before. */
  Source<Part> prove(AccountId account, long entry) {
    return new Parts(account, entry);
  }

  private Part begin(AccountId account, long entry) {
    return transactions.run(
        handle ->
            new Part.Begin(
                account,
                entry,
                entry == 1
                    ? Hash.ZERO
                    : ledger.after(handle, account.toString(), entry - 2, 1).getFirst().hash()));
  }

  private List<Entry> entries(AccountId account, long after, long last) {
    int atMost = (int) Math.min(ENTRIES, last - after);
    return transactions.run(handle -> ledger.after(handle, account.toString(), after, atMost));
  }

  private Way way(AccountId account, long entry) {
    return transactions.run(
        handle -> {
          long entries = ledger.entryCount(handle, account.toString());
          if (entry > entries) {
            throw Failure.notFound(
                    "entry",
                    Long.toString(entry),
                    "account %s has %d entries, and no entry %d".formatted(account, entries, entry))
                .asException();
          }
          return way(handle, account, entry);
        });
  }

  private Way way(Handle handle, AccountId account, long entry) {
    return checkpoints
        .covering(handle, account.toString(), entry)
        .orElseThrow(
            () ->
                Failure.of(
                        Reason.NOT_RECORDED,
                        "no checkpoint covers entry %d of %s yet: %s"
                            .formatted(
                                entry,
                                account,
                                checkpoints.signs()
                                    ? "the next one is taken when the UTC day is over"
                                    : "this installation has no key to sign checkpoints with"))
                    .with("missing", "checkpoint")
                    .with("field", "entry")
                    .asException());
  }

  /** One proof. Entries never change, so that each part may be read at its own time. */
  private final class Parts implements Source<Part> {
    private final AccountId account;
    private final long entry;
    private State state = new State.New();

    Parts(AccountId account, long entry) {
      this.account = account;
      this.entry = entry;
    }

    /** What was sent. */
    private sealed interface State {
      record New() implements State {}

      record Sending(Way way, long sent) implements State {}

      record Done() implements State {}
    }

    @Override
    public Step<Part> next() {
      return switch (state) {
        case State.New() -> {
          state = new State.Sending(way(account, entry), entry - 1);
          yield new Step.Send<>(begin(account, entry));
        }
        case State.Sending(Way way, long sent) when sent == way.lastEntry() -> {
          state = new State.Done();
          yield new Step.Send<>(new Part.End(way));
        }
        case State.Sending(Way way, long sent) -> {
          List<Entry> entries = entries(account, sent, way.lastEntry());
          state = new State.Sending(way, entries.getLast().number());
          yield new Step.Send<>(new Part.Entries(account, entries));
        }
        case State.Done() -> new Step.End<>();
      };
    }
  }
}
