package dev.fourthpillar.usage.settle;

import dev.fourthpillar.usage.booked.BookedHold;
import dev.fourthpillar.usage.evidence.HoldAttempt;
import dev.fourthpillar.usage.gate.GateRepository;
import dev.fourthpillar.usage.gate.Gates;
import dev.fourthpillar.usage.identity.People;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Who made a call, before pseudonyms.
 *
 * @param engineer who made it, as far as is known
 * @param hold the attempt through which it is charged: a hold that has ended and that a report
 *     names
 * @param disagrees whether the reports name somebody else than the hold
 * @param closed since when the gate is closed for the engineer, if it is
 */
record Attribution(
    Optional<String> engineer,
    Optional<HoldAttempt> hold,
    boolean disagrees,
    Optional<GateRepository.Closed> closed) {

  static Attribution of(
      Facts facts, People people, Gates gates, Map<BookedHold.Id, BookedHold> holds) {
    Instant time = facts.eventTime();
    Optional<HoldAttempt> hold =
        facts.settled().stream()
            .findFirst()
            .or(
                () ->
                    facts.named().stream()
                        .filter(a -> holds.containsKey(new BookedHold.Id(a.engineer(), a.hold())))
                        .findFirst());
    Optional<String> claimed = people.engineer(facts.claims(), time);
    Optional<String> engineer =
        hold.isPresent() ? hold.map(HoldAttempt::engineer).filter(people::knows) : claimed;
    boolean disagrees =
        hold.isPresent() && claimed.isPresent() && !claimed.equals(hold.map(HoldAttempt::engineer));
    Optional<GateRepository.Closed> closed =
        engineer.flatMap(
            id ->
                gates
                    .closedSince(people.country(id, time), time)
                    .map(since -> new GateRepository.Closed(id, since)));
    return new Attribution(engineer, hold, disagrees, closed);
  }
}
