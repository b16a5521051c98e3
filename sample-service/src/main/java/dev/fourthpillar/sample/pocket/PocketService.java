package dev.fourthpillar.sample.pocket;

import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.outcome.AnswerCodec;
import dev.fourthpillar.backbone.outcome.Decision;
import dev.fourthpillar.backbone.outcome.MutatingRequest;
import dev.fourthpillar.backbone.outcome.Outcomes;
import dev.fourthpillar.backbone.paging.Page;
import dev.fourthpillar.backbone.paging.PageRequest;
import dev.fourthpillar.backbone.storage.Transactions;
import jakarta.inject.Singleton;
import org.jdbi.v3.core.Handle;

/** What can be done with pockets. Owns the transactions. */
@Singleton
final class PocketService {
  private final Transactions transactions;
  private final Outcomes outcomes;
  private final PocketRepository pockets;
  private final AnswerCodec<Pocket> codec;

  PocketService(Transactions transactions, Outcomes outcomes, PocketRepository pockets) {
    this.transactions = transactions;
    this.outcomes = outcomes;
    this.pockets = pockets;
    this.codec = PocketMapper.ANSWER_CODEC;
  }

  Pocket put(MutatingRequest request, PutInPocket command) {
    return transactions
        .run(handle -> outcomes.once(handle, request, codec, () -> put(handle, command)))
        .orThrow();
  }

  private Decision<Pocket> put(Handle handle, PutInPocket command) {
    var existing = pockets.findForUpdate(handle, command.engineer(), command.pocket());
    Decision<Pocket> decision = Pocket.decide(existing, command, pockets.now(handle));
    if (decision instanceof Decision.Accepted<Pocket>(Pocket pocket)) {
      pockets.put(handle, pocket, command, PocketMapper.filled(pocket, command.amount()));
    }
    return decision;
  }

  Pocket get(String engineer, String pocket) {
    return transactions
        .run(handle -> pockets.find(handle, engineer, pocket))
        .orElseThrow(
            () ->
                Failure.notFound(
                        "pocket",
                        engineer + "/" + pocket,
                        "pocket '%s' of engineer '%s' does not exist".formatted(pocket, engineer))
                    .asException());
  }

  Page<Pocket> list(String engineer, PageRequest page) {
    return transactions.run(handle -> pockets.list(handle, engineer, page));
  }
}
