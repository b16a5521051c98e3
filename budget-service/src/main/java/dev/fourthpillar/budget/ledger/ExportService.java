package dev.fourthpillar.budget.ledger;

import dev.fourthpillar.backbone.storage.Transactions;
import dev.fourthpillar.backbone.stream.Source;
import dev.fourthpillar.backbone.stream.Source.Step;
import dev.fourthpillar.budget.account.AccountStore;
import dev.fourthpillar.budget.journal.Entry;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The whole journal, part by part: each is read when the client has taken the one before. */
@Singleton
final class ExportService {
  /** Entries of one part. */
  static final int ENTRIES = 500;

  private final Transactions transactions;
  private final LedgerRepository ledger;
  private final AccountStore accounts;

  ExportService(Transactions transactions, LedgerRepository ledger, AccountStore accounts) {
    this.transactions = transactions;
    this.ledger = ledger;
    this.accounts = accounts;
  }

  /**
   * Entries and where the export is behind them.
   *
   * @param entries none only where there are none at all
   */
  record Part(List<Entry> entries, ExportPlace place) {}

  /**
   * From that place on, or from the beginning.
   *
   * @param asOf of what is begun; a later time than now is now
   */
  Source<Part> export(Optional<ExportPlace> place, Optional<Instant> asOf) {
    return new Parts(place.orElseGet(() -> ExportPlace.start(untilNow(asOf))));
  }

  private Instant untilNow(Optional<Instant> asOf) {
    Instant now = transactions.run(accounts::now);
    return asOf.filter(now::isAfter).orElse(now);
  }

  private List<Entry> read(ExportPlace place) {
    return transactions.run(
        handle -> ledger.export(handle, place.account(), place.number(), place.asOf(), ENTRIES));
  }

  private final class Parts implements Source<Part> {
    private ExportPlace place;
    private boolean told;
    private boolean last;

    Parts(ExportPlace place) {
      this.place = place;
    }

    @Override
    public Step<Part> next() {
      if (last) {
        return new Step.End<>();
      }
      List<Entry> entries = read(place);
      last = entries.size() < ENTRIES;
      if (entries.isEmpty() && told) {
        return new Step.End<>();
      }
      told = true;
      if (!entries.isEmpty()) {
        place = place.after(entries.getLast().account(), entries.getLast().number());
      }
      return new Step.Send<>(new Part(entries, place));
    }
  }
}
