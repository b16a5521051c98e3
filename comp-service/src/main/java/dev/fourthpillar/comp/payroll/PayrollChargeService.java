package dev.fourthpillar.comp.payroll;

import dev.fourthpillar.backbone.outcome.Decision;
import dev.fourthpillar.backbone.outcome.MutatingRequest;
import dev.fourthpillar.backbone.outcome.Outcomes;
import dev.fourthpillar.backbone.storage.Transactions;
import dev.fourthpillar.comp.employer.PayrollCharge;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** What can be done with employer charges. Owns the transactions. */
@Singleton
final class PayrollChargeService {
  private final Transactions transactions;
  private final Outcomes outcomes;
  private final PayrollChargeRepository charges;

  PayrollChargeService(
      Transactions transactions, Outcomes outcomes, PayrollChargeRepository charges) {
    this.transactions = transactions;
    this.outcomes = outcomes;
    this.charges = charges;
  }

  /** When the set became known. */
  Instant put(MutatingRequest request, PayrollChargeSet set) {
    return transactions
        .run(
            handle ->
                outcomes.once(
                    handle,
                    request,
                    PayrollChargeMapper.ANSWER_CODEC,
                    () -> Decision.accepted(charges.add(handle, set.country(), set.charges()))))
        .orThrow();
  }

  List<PayrollCharge> get(String country, LocalDate day, Optional<Instant> knownAt) {
    return transactions.run(handle -> charges.inEffect(handle, country, day, knownAt));
  }
}
