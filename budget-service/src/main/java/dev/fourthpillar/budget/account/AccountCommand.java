package dev.fourthpillar.budget.account;

import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.budget.cap.CapDemand;
import dev.fourthpillar.budget.charge.Charge;
import dev.fourthpillar.budget.charge.Cost;
import dev.fourthpillar.budget.hold.Attempt;
import dev.fourthpillar.budget.hold.Hold;
import dev.fourthpillar.budget.hold.HoldTerms;
import dev.fourthpillar.budget.journal.Cause;
import dev.fourthpillar.budget.lot.LotSource;
import dev.fourthpillar.budget.lot.Rollover;
import dev.fourthpillar.budget.lot.Span;
import java.time.Duration;
import java.time.Instant;
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
   * @param rollover how what is unused goes on; empty: it expires
   */
  record GrantLot(
      String lotId,
      LotSource source,
      int priority,
      long effective,
      long expiry,
      long nanos,
      Optional<Rollover> rollover,
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
   * @param rollover how what is unused then goes on; empty: it expires
   */
  record EndLot(String lotId, long expiry, Optional<Rollover> rollover, Cause cause)
      implements AccountCommand {}

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

  /** Takes back what of a lot is neither settled nor held, and ends it now, if it has begun. */
  record RevokeLot(String lotId, Cause cause) implements AccountCommand {}

  /**
   * Tells that so much of a lot will be taken back, as far as it is free then. Changes nothing.
   *
   * @param effective when
   */
  record AnnounceReduction(String lotId, long nanos, Instant effective, Cause cause)
      implements AccountCommand {}

  /**
   * What somebody wants, and says why. The account is there.
   *
   * @param change of a lot
   */
  record Wanted(AccountCommand change, By by) implements AccountCommand {}

  /** Who wants something, and why; both empty where it follows from something else. */
  record By(String author, String reason) {
    public static final By NOBODY = new By("", "");
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
   *
   * @param caps where it counts, if no hold says it
   */
  record BookUsage(Charge charge, List<CapDemand> caps) implements AccountCommand {
    public BookUsage {
      caps = List.copyOf(caps);
    }
  }

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
   * @param caps where it counts, in their order
   */
  record Reserve(
      HoldTerms terms, Map<String, String> content, Estimate estimate, List<CapDemand> caps)
      implements OfHold {
    public Reserve {
      caps = List.copyOf(caps);
    }

    @Override
    public String holdId() {
      return terms.holdId();
    }
  }

  /**
   * Keeps a hold that was let through while nobody could look at the account: pinned as far as
   * there is something, and else as one that a plan lets through. One of the same id stays what it
   * is.
   *
   * @param hold as it was let through, without slices
   */
  record Admit(Hold hold) implements OfHold {
    @Override
    public String holdId() {
      return hold.terms().holdId();
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
