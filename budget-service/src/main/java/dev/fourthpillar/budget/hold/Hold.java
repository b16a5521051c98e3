package dev.fourthpillar.budget.hold;

import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.budget.charge.Cost;
import dev.fourthpillar.budget.lot.Slice;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Money that is put aside for a call, and then what became of it.
 *
 * @param account that pays
 * @param content what was asked, as a digest per field: to tell a repetition from another request
 * @param nanos that were held, in the account's currency
 * @param slices where they were pinned, in burn order; less than them only where there is no limit
 * @param excess nanos of its cost that its slices did not pay, among the usage without a hold
 * @param estimate what the call may cost
 * @param reservedAt when it was made
 * @param expiresAt when it expires, or would have
 * @param endedAt when it ended
 * @param attempts what was booked for it, while it is ended
 * @param settleContent what the settlement said, as digests; empty while nobody settled it
 * @param sequence of the last event that told of its end, 0 for none
 * @param bookings how often something was booked for it
 * @param refusal why it never was
 * @param caps where it counts; of an open hold with what it has of them
 * @param unchecked whether it was let through without a look at account and caps
 */
public record Hold(
    HoldTerms terms,
    String account,
    Map<String, String> content,
    HoldState state,
    long nanos,
    List<Slice> slices,
    long excess,
    Attempt estimate,
    Instant reservedAt,
    Instant expiresAt,
    Optional<Instant> endedAt,
    List<Attempt> attempts,
    Map<String, String> settleContent,
    int sequence,
    int bookings,
    Optional<Failure> refusal,
    List<CapPart> caps,
    boolean unchecked) {
  public Hold {
    content = Map.copyOf(content);
    slices = List.copyOf(slices);
    attempts = List.copyOf(attempts);
    settleContent = Map.copyOf(settleContent);
    // Rows of before there were caps have no such component.
    caps = caps == null ? List.of() : List.copyOf(caps);
  }

  /**
   * A hold that was just made.
   *
   * @param nanos that are held; slices may have less of them where there is no limit
   * @param caps what it has of them
   */
  public static Hold open(
      HoldTerms terms,
      String account,
      Map<String, String> content,
      long nanos,
      List<Slice> slices,
      Attempt estimate,
      List<CapPart> caps,
      boolean unchecked,
      Instant now) {
    return new Hold(
        terms,
        account,
        content,
        HoldState.HELD,
        nanos,
        slices,
        0,
        estimate,
        now,
        now.plus(terms.ttl()),
        Optional.empty(),
        List.of(),
        Map.of(),
        0,
        0,
        Optional.empty(),
        caps,
        unchecked);
  }

  /** A hold that was refused. */
  public static Hold refused(
      HoldTerms terms,
      String account,
      Map<String, String> content,
      Attempt estimate,
      Instant now,
      Failure why) {
    return new Hold(
        terms,
        account,
        content,
        HoldState.REFUSED,
        0,
        List.of(),
        0,
        estimate,
        now,
        now,
        Optional.of(now),
        List.of(),
        Map.of(),
        0,
        0,
        Optional.of(why),
        List.of(),
        false);
  }

  /** Whether it is open although its time is over. */
  public boolean dueAt(Instant now) {
    return state == HoldState.HELD && !expiresAt.isAfter(now);
  }

  /** What it has booked; nothing before its end. */
  public Optional<Cost> booked() {
    return attempts.stream().map(Attempt::cost).reduce(Cost::plus);
  }

  public Hold pinned(List<Slice> now, long excessNanos) {
    return new Hold(
        terms,
        account,
        content,
        state,
        nanos,
        now,
        excessNanos,
        estimate,
        reservedAt,
        expiresAt,
        endedAt,
        attempts,
        settleContent,
        sequence,
        bookings,
        refusal,
        caps,
        unchecked);
  }

  public Hold ended(HoldState how, Instant when, List<Attempt> booked) {
    return new Hold(
        terms,
        account,
        content,
        how,
        nanos,
        slices,
        excess,
        estimate,
        reservedAt,
        expiresAt,
        Optional.of(endedAt.orElse(when)),
        booked,
        settleContent,
        sequence + 1,
        bookings,
        refusal,
        caps,
        unchecked);
  }

  public Hold settledAs(Map<String, String> said) {
    return new Hold(
        terms,
        account,
        content,
        state,
        nanos,
        slices,
        excess,
        estimate,
        reservedAt,
        expiresAt,
        endedAt,
        attempts,
        said,
        sequence,
        bookings,
        refusal,
        caps,
        unchecked);
  }

  public Hold bookedOnceMore() {
    return new Hold(
        terms,
        account,
        content,
        state,
        nanos,
        slices,
        excess,
        estimate,
        reservedAt,
        expiresAt,
        endedAt,
        attempts,
        settleContent,
        sequence,
        bookings + 1,
        refusal,
        caps,
        unchecked);
  }

  public Hold extended(Instant until, Attempt known) {
    return new Hold(
        terms,
        account,
        content,
        state,
        nanos,
        slices,
        excess,
        known,
        reservedAt,
        until,
        endedAt,
        attempts,
        settleContent,
        sequence,
        bookings,
        refusal,
        caps,
        unchecked);
  }
}
