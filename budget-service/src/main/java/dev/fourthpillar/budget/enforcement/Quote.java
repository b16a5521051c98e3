package dev.fourthpillar.budget.enforcement;

import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.budget.account.AccountId;
import dev.fourthpillar.budget.charge.Cost;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;

/**
 * What a call would cost, and what there is.
 *
 * @param available nanos that a hold could take of the account
 * @param uncapped whether a hold is let through whatever is available
 * @param refusal why a reserve would be refused, by the account or a cap
 */
record Quote(
    AccountId account,
    Cost cost,
    String bookId,
    BigInteger available,
    boolean uncapped,
    Optional<Failure> refusal,
    Instant asOf) {}
