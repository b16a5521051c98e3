package dev.fourthpillar.comp.people;

import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.Reason;
import dev.fourthpillar.backbone.outcome.Decision;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * A person with a token budget, as recorded.
 *
 * @param lastDay of employment, which still counts; empty while no end is known
 * @param revision rises by 1 with each change of what is recorded here, from 1
 */
public record Engineer(
    Profile profile, Optional<LocalDate> lastDay, long revision, Instant updatedAt) {

  public String id() {
    return profile.engineer();
  }

  public String etag() {
    return Long.toString(revision);
  }

  /** Whether that day is one of employment, as far as is known. */
  public boolean isEmployedOn(LocalDate day) {
    return !day.isBefore(profile.start()) && lastDay.map(last -> !day.isAfter(last)).orElse(true);
  }

  /** Why that day is none of employment; empty when it is one. */
  public Optional<Failure> notEmployedOn(LocalDate day) {
    if (isEmployedOn(day)) {
      return Optional.empty();
    }
    LocalDate start = profile.start();
    return Optional.of(
        day.isBefore(start)
            ? Failure.of(
                    Reason.NOT_EMPLOYED,
                    "the employment of '%s' begins on %s, after %s".formatted(id(), start, day))
                .with("engineer", id())
                .with("start_date", start.toString())
            : Failure.of(
                    Reason.NOT_EMPLOYED,
                    "the employment of '%s' ended on %s, before %s"
                        .formatted(id(), lastDay.orElseThrow(), day))
                .with("engineer", id())
                .with("last_day", lastDay.orElseThrow().toString()));
  }

  /** What the command makes of the engineer there is, or why nothing; the same when it says so. */
  static Decision<Engineer> put(Optional<Engineer> existing, PutEngineer command, Instant now) {
    Optional<String> current = existing.map(Engineer::etag);
    if (!command.etag().isEmpty() && !current.equals(Optional.of(command.etag()))) {
      return Decision.refused(changedSince(command.etag(), current.orElse("")));
    }
    Optional<LocalDate> lastDay = existing.flatMap(Engineer::lastDay);
    if (command.lastDay().isPresent() && !command.lastDay().equals(lastDay)) {
      return Decision.refused(
          Failure.invalidField(
              "engineer.last_day",
              "must be what is recorded, %s; EndEmployment changes it"
                  .formatted(lastDay.map(LocalDate::toString).orElse("nothing")),
              "people.last_day"));
    }
    if (lastDay.isPresent() && lastDay.get().isBefore(command.profile().start())) {
      return Decision.refused(
          Failure.invalidField(
              "engineer.start_date",
              "must not be after the last day, %s; it is %s"
                  .formatted(lastDay.get(), command.profile().start()),
              "people.employment"));
    }
    if (existing.isPresent() && existing.get().profile().equals(command.profile())) {
      return Decision.accepted(existing.get());
    }
    long revision = existing.map(Engineer::revision).orElse(0L) + 1;
    return Decision.accepted(new Engineer(command.profile(), lastDay, revision, now));
  }

  /** The employment ends on that day; the same when that is known. */
  Decision<Engineer> end(LocalDate day, Instant now) {
    if (day.isBefore(profile.start())) {
      return Decision.refused(
          Failure.invalidField(
              "last_day",
              "must not be before the first day, %s; it is %s".formatted(profile.start(), day),
              "people.employment"));
    }
    return Decision.accepted(
        lastDay.equals(Optional.of(day))
            ? this
            : new Engineer(profile, Optional.of(day), revision + 1, now));
  }

  private static Failure changedSince(String expected, String actual) {
    return Failure.of(
            Reason.ETAG_MISMATCH,
            "the engineer was changed since: etag '%s' (expected: '%s')"
                .formatted(actual, expected))
        .with("expected", expected)
        .with("actual", actual);
  }
}
