package dev.fourthpillar.budget.enforcement;

import dev.fourthpillar.budget.account.AccountId;
import dev.fourthpillar.budget.charge.Cost;
import java.math.BigInteger;
import java.time.Instant;

/** What a call would cost, and what there is. */
record Quote(AccountId account, Cost cost, String bookId, BigInteger available, Instant asOf) {}
