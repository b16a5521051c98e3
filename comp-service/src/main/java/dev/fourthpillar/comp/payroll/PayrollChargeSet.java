package dev.fourthpillar.comp.payroll;

import dev.fourthpillar.comp.employer.PayrollCharge;
import java.util.List;

/**
 * What employers pay on pay in a country from a day on.
 *
 * @param country ISO 3166-1 alpha-2
 * @param charges each rule once, all from the same day
 */
record PayrollChargeSet(String country, List<PayrollCharge> charges) {}
