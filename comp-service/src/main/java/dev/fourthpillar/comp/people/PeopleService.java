package dev.fourthpillar.comp.people;

import dev.fourthpillar.backbone.outcome.AnswerCodec;
import dev.fourthpillar.backbone.outcome.Decision;
import dev.fourthpillar.backbone.outcome.MutatingRequest;
import dev.fourthpillar.backbone.outcome.Outcomes;
import dev.fourthpillar.backbone.paging.Page;
import dev.fourthpillar.backbone.paging.PageRequest;
import dev.fourthpillar.backbone.storage.Transactions;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What can be done with engineers. Owns the transactions. */
@Singleton
final class PeopleService {
  private final Transactions transactions;
  private final Outcomes outcomes;
  private final EngineerRepository engineers;
  private final AnswerCodec<Engineer> codec;

  PeopleService(Transactions transactions, Outcomes outcomes, EngineerRepository engineers) {
    this.transactions = transactions;
    this.outcomes = outcomes;
    this.engineers = engineers;
    this.codec = EngineerMapper.ANSWER_CODEC;
  }

  Engineer put(MutatingRequest request, PutEngineer command) {
    return transactions
        .run(handle -> outcomes.once(handle, request, codec, () -> put(handle, command)))
        .orThrow();
  }

  private Decision<Engineer> put(Handle handle, PutEngineer command) {
    Optional<Engineer> existing = engineers.findOrReserve(handle, command.profile().engineer());
    Decision<Engineer> decision = Engineer.put(existing, command, engineers.now(handle));
    return switch (decision) {
      case Decision.Accepted<Engineer>(Engineer engineer)
          when !existing.equals(Optional.of(engineer)) ->
          engineers
              .write(handle, engineer)
              .<Decision<Engineer>>map(Decision::refused)
              .orElseGet(
                  () -> {
                    long version = engineers.nextVersion(handle, engineer.id());
                    engineers.tell(handle, EngineerMapper.changed(engineer, version));
                    return decision;
                  });
      case Decision.Accepted<Engineer> _, Decision.Refused<Engineer> _ -> decision;
    };
  }

  Engineer end(MutatingRequest request, String id, LocalDate lastDay) {
    return transactions
        .run(handle -> outcomes.once(handle, request, codec, () -> end(handle, id, lastDay)))
        .orThrow();
  }

  private Decision<Engineer> end(Handle handle, String id, LocalDate lastDay) {
    Optional<Engineer> existing = engineers.findForUpdate(handle, id);
    if (existing.isEmpty()) {
      return Decision.refused(EngineerRepository.unknown(id));
    }
    Decision<Engineer> decision = existing.get().end(lastDay, engineers.now(handle));
    if (decision instanceof Decision.Accepted<Engineer>(Engineer engineer)
        && !engineer.equals(existing.get())) {
      engineers.end(handle, engineer);
      long changed = engineers.nextVersion(handle, id);
      long left = engineers.nextVersion(handle, id);
      engineers.tell(
          handle,
          EngineerMapper.changed(engineer, changed),
          EngineerMapper.left(engineer, lastDay, left));
    }
    return decision;
  }

  Engineer get(String id) {
    return transactions.run(handle -> engineers.get(handle, id));
  }

  Page<Engineer> list(PageRequest page) {
    return transactions.run(handle -> engineers.list(handle, page));
  }
}
