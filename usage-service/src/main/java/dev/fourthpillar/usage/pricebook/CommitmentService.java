package dev.fourthpillar.usage.pricebook;

import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.Reason;
import dev.fourthpillar.backbone.outcome.Decision;
import dev.fourthpillar.backbone.outcome.MutatingRequest;
import dev.fourthpillar.backbone.outcome.Outcomes;
import dev.fourthpillar.backbone.paging.Page;
import dev.fourthpillar.backbone.paging.PageRequest;
import dev.fourthpillar.backbone.storage.Transactions;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import org.jdbi.v3.core.Handle;

/**
 * What the employer has committed to spend. It is compared with what calls cost, and prices none.
 */
@Singleton
final class CommitmentService {
  static final int MAX_COMMITMENTS = 1_000;

  private final Transactions transactions;
  private final Outcomes outcomes;
  private final CommitmentRepository commitments;
  private final PriceBookRepository books;
  private final InstantSource clock;

  CommitmentService(
      Transactions transactions,
      Outcomes outcomes,
      CommitmentRepository commitments,
      PriceBookRepository books,
      InstantSource clock) {
    this.transactions = transactions;
    this.outcomes = outcomes;
    this.commitments = commitments;
    this.books = books;
    this.clock = clock;
  }

  Commitment put(MutatingRequest request, Commitment commitment) {
    return transactions
        .run(
            handle ->
                outcomes.once(
                    handle, request, CommitmentMapper.CODEC, () -> put(handle, commitment)))
        .orThrow();
  }

  private Decision<Commitment> put(Handle handle, Commitment commitment) {
    String currency = books.currency(handle).orElse(commitment.amount().currency());
    if (!currency.equals(commitment.amount().currency())) {
      return Decision.refused(
          PriceBookService.currencyMismatch("amount", commitment.amount().currency(), currency));
    }
    if (commitment.amount().nanos() == 0) {
      commitments.remove(handle, commitment.id());
      return Decision.accepted(commitment);
    }
    int others = commitments.others(handle, commitment.id());
    if (others >= MAX_COMMITMENTS) {
      return Decision.refused(
          Failure.of(
                  Reason.LIMIT_EXCEEDED,
                  "commitments: %d (expected: at most %d)".formatted(others + 1, MAX_COMMITMENTS))
              .with("limit", "commitments")
              .with("max", Integer.toString(MAX_COMMITMENTS))
              .with("actual", Integer.toString(others + 1)));
    }
    commitments.put(handle, commitment, clock.instant());
    return Decision.accepted(commitment);
  }

  Page<Commitment.Use> list(String provider, PageRequest page) {
    return transactions.run(handle -> commitments.list(handle, provider, page));
  }
}
