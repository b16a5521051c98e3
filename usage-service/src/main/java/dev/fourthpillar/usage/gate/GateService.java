package dev.fourthpillar.usage.gate;

import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.feed.FeedWriter;
import dev.fourthpillar.backbone.outcome.Decision;
import dev.fourthpillar.backbone.outcome.MutatingRequest;
import dev.fourthpillar.backbone.outcome.Outcomes;
import dev.fourthpillar.backbone.storage.Transactions;
import dev.fourthpillar.usage.due.DueRepository;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Whether metering of persons is allowed in a country at a time, judged at the time of the call.
 * Opening a gate says why it may be opened.
 */
@Singleton
public final class GateService {
  private final Transactions transactions;
  private final Outcomes outcomes;
  private final GateRepository changes;
  private final DueRepository due;
  private final FeedWriter feed;
  private final GateConfig config;
  private final InstantSource clock;

  GateService(
      Transactions transactions,
      Outcomes outcomes,
      GateRepository changes,
      DueRepository due,
      FeedWriter feed,
      GateConfig config,
      InstantSource clock) {
    this.transactions = transactions;
    this.outcomes = outcomes;
    this.changes = changes;
    this.due = due;
    this.feed = feed;
    this.config = config;
    this.clock = clock;
  }

  /** The gates as the database has them now. */
  public Gates gates(Handle handle) {
    return new Gates(Set.copyOf(config.countries()), changes.changes(handle));
  }

  GateChange set(MutatingRequest request, GateChange wanted, Optional<Instant> since) {
    return transactions
        .run(
            handle ->
                outcomes.once(handle, request, GateMapper.CODEC, () -> set(handle, wanted, since)))
        .orThrow();
  }

  private Decision<GateChange> set(Handle handle, GateChange wanted, Optional<Instant> since) {
    if (wanted.open() && wanted.impact().isEmpty()) {
      return Decision.refused(
          Failure.invalidField("impact_assessment", "is required to open a gate", "gate.impact"));
    }
    if (wanted.open()
        && wanted.worksCouncil().isEmpty()
        && config.worksCouncilCountries().contains(wanted.country())) {
      return Decision.refused(
          Failure.invalidField(
              "works_council_agreement",
              "is required to open the gate of " + wanted.country(),
              "gate.works_council"));
    }
    due.change(handle);
    Instant now = clock.instant();
    GateChange change =
        new GateChange(
            wanted.country(),
            changes.lastVersion(handle, wanted.country()) + 1,
            wanted.open(),
            since.orElse(now),
            wanted.impact(),
            wanted.worksCouncil());
    changes.insert(handle, change, now);
    feed.append(handle, GateMapper.event(change));
    if (!change.open()) {
      // What was charged to persons since then is not theirs. Opening changes nothing backwards.
      due.addOfCountry(handle, change.country(), change.since(), now);
    }
    return Decision.accepted(change);
  }

  GateChange get(String country, Optional<Instant> asOf) {
    Gates gates = transactions.run(this::gates);
    return gates
        .at(country, asOf.orElse(clock.instant()))
        .orElseGet(
            () ->
                new GateChange(
                    country,
                    0,
                    !gates.closedFromTheStart(country),
                    Instant.EPOCH,
                    Optional.empty(),
                    Optional.empty()));
  }
}
