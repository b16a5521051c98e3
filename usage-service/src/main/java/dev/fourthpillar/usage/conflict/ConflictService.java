package dev.fourthpillar.usage.conflict;

import dev.fourthpillar.backbone.paging.Page;
import dev.fourthpillar.backbone.paging.PageRequest;
import dev.fourthpillar.backbone.storage.Transactions;
import jakarta.inject.Singleton;

/** Reports that contradict each other: to be seen, and never charged by themselves. */
@Singleton
final class ConflictService {
  private final Transactions transactions;
  private final ConflictRepository conflicts;

  ConflictService(Transactions transactions, ConflictRepository conflicts) {
    this.transactions = transactions;
    this.conflicts = conflicts;
  }

  Page<Conflict> list(ConflictRepository.Asked asked, PageRequest page) {
    return transactions.run(handle -> conflicts.list(handle, asked, page));
  }
}
