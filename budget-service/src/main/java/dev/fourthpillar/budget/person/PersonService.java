package dev.fourthpillar.budget.person;

import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * People as comp-service describes them. Of two descriptions the one with the higher version
 * counts, however often and in whatever order they come.
 */
@Singleton
public final class PersonService {
  private final PersonRepository people;

  PersonService(PersonRepository people) {
    this.people = people;
  }

  /**
   * Takes a description over.
   *
   * @param toldAt when the change happened at comp-service: from then on charges are judged by it
   * @return false when it was known, or a later one was
   */
  public boolean changed(Handle handle, Person person, Instant toldAt) {
    Optional<Person> before = find(handle, person.engineer());
    if (!people.put(handle, person)) {
      return false;
    }
    Situation now = situation(person);
    if (before.map(PersonService::situation).filter(now::equals).isEmpty()) {
      people.putSituation(handle, person.engineer(), now, toldAt);
    }
    return true;
  }

  /** Takes the end of an employment over; false when it was known, or the person is not. */
  public boolean left(Handle handle, String engineer, long version, LocalDate lastDay) {
    return find(handle, engineer)
        .map(
            p ->
                new Person(
                    engineer,
                    version,
                    p.team(),
                    p.country(),
                    p.zone(),
                    p.currency(),
                    new Employment(p.employment().firstDay(), Optional.of(lastDay))))
        .filter(person -> people.put(handle, person))
        .isPresent();
  }

  public Optional<Person> find(Handle handle, String engineer) {
    return people.find(handle, List.of(engineer)).stream().findFirst();
  }

  /** Those of these people who are known, by their ids. */
  public Map<String, Person> find(Handle handle, Collection<String> engineers) {
    return people.find(handle, engineers).stream()
        .collect(Collectors.toMap(Person::engineer, Function.identity()));
  }

  /** The situations of these people; who is unknown is not in it. */
  public Map<String, Situations> situations(Handle handle, Collection<String> engineers) {
    return people.situations(handle, engineers);
  }

  private static Situation situation(Person person) {
    return new Situation(person.country(), person.currency());
  }
}
