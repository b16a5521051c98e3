package dev.fourthpillar.usage.identity;

import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.outcome.Decision;
import dev.fourthpillar.backbone.outcome.MutatingRequest;
import dev.fourthpillar.backbone.outcome.Outcomes;
import dev.fourthpillar.backbone.paging.Page;
import dev.fourthpillar.backbone.paging.PageRequest;
import dev.fourthpillar.backbone.storage.Transactions;
import dev.fourthpillar.usage.due.DueRepository;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Whose usage it is: people as they are told of, and mappings as they are made. */
@Singleton
public final class IdentityService {
  private final Transactions transactions;
  private final Outcomes outcomes;
  private final PersonRepository people;
  private final OpenUsageRepository open;
  private final DueRepository due;
  private final InstantSource clock;

  IdentityService(
      Transactions transactions,
      Outcomes outcomes,
      PersonRepository people,
      OpenUsageRepository open,
      DueRepository due,
      InstantSource clock) {
    this.transactions = transactions;
    this.outcomes = outcomes;
    this.people = people;
    this.open = open;
    this.due = due;
    this.clock = clock;
  }

  /**
   * A person was told of; what waited for them, or for an identity of theirs, is looked at again.
   *
   * @param changedAt when it changed, by comp-service's clock
   */
  void changed(Handle handle, Person person, Instant changedAt) {
    due.change(handle);
    long known = people.version(handle, person.engineer());
    if (person.version() <= known) {
      return;
    }
    Set<Identity> before = people.identities(handle, person.engineer());
    Optional<String> country = people.country(handle, person.engineer());
    Optional<Instant> countrySince =
        country.isEmpty()
            ? Optional.of(Instant.EPOCH)
            : country.get().equals(person.country()) ? Optional.empty() : Optional.of(changedAt);
    people.put(handle, person, countrySince);

    Set<String> affected = new HashSet<>();
    if (known == 0) {
      affected.add(Identity.engineerKey(person.engineer()));
    }
    before.stream()
        .filter(i -> !person.identities().contains(i))
        .forEach(i -> affected.add(i.key()));
    person.identities().stream()
        .filter(i -> !before.contains(i))
        .forEach(i -> affected.add(i.key()));
    due.addClaiming(handle, affected, Instant.EPOCH, clock.instant());
  }

  Mapping map(MutatingRequest request, Mapping mapping) {
    return transactions
        .run(
            handle ->
                outcomes.once(handle, request, IdentityMapper.CODEC, () -> decide(handle, mapping)))
        .orThrow();
  }

  private Decision<Mapping> decide(Handle handle, Mapping mapping) {
    due.change(handle);
    if (mapping.engineer().isPresent() && !people.exists(handle, mapping.engineer().get())) {
      String engineer = mapping.engineer().get();
      return Decision.refused(
          Failure.notFound(
              "engineer", engineer, "nobody has told of engineer '%s'".formatted(engineer)));
    }
    if (mapping.engineer().isEmpty() && !people.mapped(handle, mapping.identity())) {
      String kind = mapping.identity().kind().name();
      return Decision.refused(
          Failure.notFound(
              "identity", kind, "this identity of kind %s is nobody's".formatted(kind)));
    }
    Instant now = clock.instant();
    people.map(handle, mapping, now);
    due.addClaiming(handle, Set.of(mapping.identity().key()), mapping.since(), now);
    return Decision.accepted(mapping);
  }

  Page<Mapping> list(String engineer, PageRequest page) {
    return Page.of(
        transactions.run(handle -> people.list(handle, engineer, page)),
        page,
        PersonRepository::pageKey);
  }

  List<OpenUsageRepository.Unattributed> unattributed(int atMost) {
    return transactions.run(handle -> open.unattributed(handle, atMost));
  }

  List<OpenUsageRepository.Unpriced> unpriced(int atMost) {
    return transactions.run(handle -> open.unpriced(handle, atMost));
  }
}
