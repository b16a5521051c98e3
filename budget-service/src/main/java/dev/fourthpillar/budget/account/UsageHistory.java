package dev.fourthpillar.budget.account;

import java.math.BigInteger;

/** The usage without a hold that an account has had, by minute: to cut segments anew. */
@FunctionalInterface
public interface UsageHistory {
  /** Nanos from the first minute to before the second one. */
  BigInteger between(long from, long until);
}
