package dev.fourthpillar.budget.enforcement;

import dev.fourthpillar.budget.account.AccountId;
import dev.fourthpillar.budget.charge.Cost;
import java.math.BigInteger;
import java.time.Instant;

/**
 * What a call would cost, and what there is.
 *
 * @param uncapped whether a hold is let through whatever is available
 */
record Quote(
    AccountId account,
    Cost cost,
    String bookId,
    BigInteger available,
    boolean uncapped,
    Instant asOf) {}
