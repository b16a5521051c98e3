package dev.fourthpillar.comp.metered;

import java.math.BigDecimal;

/**
 * What was charged for a person in a period, for one payer and one pair of currencies; exact.
 *
 * @param currency the account's currency
 * @param atList in the account's currency, at list price
 * @param employerCost in the account's currency
 * @param priceCurrency the price book's currency
 * @param originalAtList in the price book's currency, as it was priced
 * @param originalEmployerCost in the price book's currency
 */
public record MeteredSum(
    Payer payer,
    String currency,
    BigDecimal atList,
    BigDecimal employerCost,
    String priceCurrency,
    BigDecimal originalAtList,
    BigDecimal originalEmployerCost) {}
