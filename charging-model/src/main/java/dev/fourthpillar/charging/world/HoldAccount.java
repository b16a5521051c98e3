package dev.fourthpillar.charging.world;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * HoldSettled: how a hold ended, as budget-service has booked it.
 *
 * @param sequence the highest counts
 * @param reserved when it was reserved
 */
public record HoldAccount(
    String engineer,
    String hold,
    int sequence,
    Outcome outcome,
    Instant reserved,
    List<Booking> bookings)
    implements Delivery {

  public HoldAccount {
    bookings = List.copyOf(bookings);
  }

  public enum Outcome {
    SETTLED,
    ESTIMATED,
    RELEASED
  }

  /**
   * One attempt, and what was booked for it.
   *
   * @param tokens none where only an estimate was known
   */
  public record Booking(
      int attempt, String model, Set<String> ids, Tokens tokens, Cost booked, int call) {
    public Booking {
      ids = Set.copyOf(ids);
    }

    Booking knowing(Set<String> otherIds) {
      return new Booking(attempt, model, otherIds, tokens, booked, call);
    }
  }

  public Attempt.HoldId id() {
    return new Attempt.HoldId(engineer, hold);
  }

  /** Each attempt is evidence of a call. */
  public List<Report> reports() {
    return bookings.stream().map(this::report).toList();
  }

  private Report report(Booking booking) {
    Attempt attempt = new Attempt(engineer, hold, booking.attempt());
    return new Report(
        "hold " + attempt,
        sequence,
        Source.HOLD,
        "",
        booking.ids(),
        reserved,
        booking.model(),
        booking.tokens(),
        List.of(),
        Optional.of(attempt),
        booking.call());
  }
}
