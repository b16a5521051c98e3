package dev.fourthpillar.budget.account;

import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.budget.charge.Charge;
import dev.fourthpillar.budget.charge.Cost;
import dev.fourthpillar.budget.hold.Attempt;
import dev.fourthpillar.budget.hold.HoldTerms;
import dev.fourthpillar.budget.journal.Cause;
import dev.fourthpillar.budget.lot.LotSource;
import dev.fourthpillar.budget.lot.Span;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What can be asked of an account. All of them may be repeated: the second time changes nothing.
 */
public sealed interface AccountCommand {

  /** Makes the account, if it is not there. */
  record Open() implements AccountCommand {}

  /**
   * Makes a lot, and the account where it is not there. A lot of that id that is there already
   * stays as it is. What lies in closed segments altogether is not granted any more.
   *
   * @param lotId unique in the account; who makes it the same way twice makes it once
   * @param effective the first minute it can be used in
   * @param expiry the first minute it can not; {@link dev.fourthpillar.budget.lot.Minutes#NEVER}
   * @param nanos at least 0
   */
  record GrantLot(
      String lotId,
      LotSource source,
      int priority,
      long effective,
      long expiry,
      long nanos,
      Cause cause)
      implements AccountCommand {}

  /**
   * Gives a lot another amount, raised or reduced; never less than is settled and held.
   *
   * @param nanos at least 0
   */
  record ChangeLot(String lotId, long nanos, Cause cause) implements AccountCommand {}

  /**
   * Lets a lot expire at another time, earlier or later; never before its first minute is over.
   * What was used when, and is not closed, is told apart by it anew.
   *
   * @param expiry the first minute it can not be used in
   */
  record EndLot(String lotId, long expiry, Cause cause) implements AccountCommand {}

  /**
   * Says when there is no limit, whole: what was said before is gone. What was used when, and is
   * not closed, is told apart by it anew.
   *
   * @param times by first minute, without overlaps, at most {@value #MAX_UNCAPPED_TIMES}
   */
  record SetUncapped(List<Span> times, Cause cause) implements AccountCommand {
    public SetUncapped {
      times = List.copyOf(times);
      if (times.size() > MAX_UNCAPPED_TIMES) {
        throw new IllegalArgumentException(
            "times without a limit: %d (expected: at most %d)"
                .formatted(times.size(), MAX_UNCAPPED_TIMES));
      }
      for (int i = 1; i < times.size(); i++) {
        if (times.get(i).from() < times.get(i - 1).until()) {
          throw new IllegalArgumentException("times without a limit overlap");
        }
      }
    }
  }

  /**
   * Says what the plan in force says.
   *
   * @param terms empty: the built-in plan's, with the thresholds of the configuration
   */
  record SetTerms(Optional<AccountTerms> terms) implements AccountCommand {}

  /** Times without a limit of one account. */
  int MAX_UNCAPPED_TIMES = 250;

  /**
   * Books a line of usage: what no hold paid for, at its minute, or what the call of a hold of this
   * account turned out to cost more or less. It is not kept which lines were booked: whoever books
   * numbers them.
   */
  record BookUsage(Charge charge) implements AccountCommand {}

  /** Books what time has done: lots that expired, holds that did. */
  record CatchUp() implements AccountCommand {}

  /** What is about one hold. */
  sealed interface OfHold extends AccountCommand {
    String holdId();
  }

  /**
   * Holds money.
   *
   * @param content what was asked, as a digest per field
   * @param estimate what the call may cost, or why that cannot be told
   */
  record Reserve(HoldTerms terms, Map<String, String> content, Estimate estimate)
      implements OfHold {
    @Override
    public String holdId() {
      return terms.holdId();
    }
  }

  /** What a call may cost. */
  sealed interface Estimate {
    /** It is known. */
    record Known(Attempt attempt) implements Estimate {}

    /** Nothing can be held, and this is why. */
    record Impossible(Failure why) implements Estimate {}
  }

  /**
   * Ends a hold with what the call was.
   *
   * @param content what was said, as a digest per field
   * @param said what was consumed, 1 to 20
   * @param actual what it cost altogether, if the caller knows it; else the attempts' prices count
   */
  record Settle(String holdId, Map<String, String> content, List<Said> said, Optional<Cost> actual)
      implements OfHold {
    public Settle {
      content = Map.copyOf(content);
      said = List.copyOf(said);
    }
  }

  /**
   * An attempt as the caller told of it.
   *
   * @param attempt its cost is the one by its prices, when it has one
   * @param priced whether it has
   */
  record Said(Attempt attempt, boolean priced) {}

  /** Gives a hold's money back: there was no call. */
  record Release(String holdId) implements OfHold {}

  /**
   * Lets a hold live at least that long from now.
   *
   * @param ids more ids of the call
   */
  record Extend(String holdId, Duration ttl, List<String> ids) implements OfHold {}

  /** Ends a hold whose time is over, as it was made to. */
  record Expire(String holdId) implements OfHold {}
}
