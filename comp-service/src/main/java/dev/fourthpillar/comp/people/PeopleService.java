package dev.fourthpillar.comp.people;

import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.outcome.AnswerCodec;
import dev.fourthpillar.backbone.outcome.Decision;
import dev.fourthpillar.backbone.outcome.MutatingRequest;
import dev.fourthpillar.backbone.outcome.Outcomes;
import dev.fourthpillar.backbone.paging.Page;
import dev.fourthpillar.backbone.paging.PageRequest;
import dev.fourthpillar.backbone.storage.Transactions;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What can be done with engineers. Owns the transactions. */
@Singleton
final class PeopleService {
  /** Before a row of an import: what it wrote until it was refused is undone. */
  private static final String ROW = "row";

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

  /** Each row is recorded whole or refused whole, all in one transaction; in the order given. */
  List<ImportedPerson> importAll(MutatingRequest request, List<ImportRow> rows) {
    return transactions
        .run(
            handle ->
                outcomes.once(
                    handle,
                    request,
                    ImportMapper.ANSWER_CODEC,
                    () -> Decision.accepted(importAll(handle, rows))))
        .orThrow();
  }

  private List<ImportedPerson> importAll(Handle handle, List<ImportRow> rows) {
    Map<String, ImportedPerson> imported = new HashMap<>();
    // Two imports at a time lock whom they share in the same order.
    rows.stream()
        .sorted(Comparator.comparing(ImportRow::engineer))
        .forEach(row -> imported.put(row.engineer(), imported(handle, row)));
    return rows.stream().map(row -> imported.get(row.engineer())).toList();
  }

  private ImportedPerson imported(Handle handle, ImportRow row) {
    return switch (row) {
      case ImportRow.Broken(String engineer, Failure failure) ->
          new ImportedPerson.Refused(engineer, failure);
      case ImportRow.Sound(PutEngineer command) -> {
        handle.savepoint(ROW);
        yield switch (put(handle, command)) {
          case Decision.Accepted<Engineer>(Engineer engineer) -> {
            handle.releaseSavepoint(ROW);
            yield new ImportedPerson.Recorded(engineer.id(), engineer.etag());
          }
          case Decision.Refused<Engineer>(Failure failure) -> {
            handle.rollbackToSavepoint(ROW);
            yield new ImportedPerson.Refused(row.engineer(), failure);
          }
        };
      }
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
