package dev.fourthpillar.budget.charge;

/**
 * One line to book.
 *
 * @param lineId unique for ever: {@code usage/{engineer}/{number}}, {@code
 *     hold/{engineer}/{hold}/{n}} or {@code account/{account}/{entry}}
 * @param usageMinute when the call was made, minutes since 1970 UTC
 * @param cost signed
 * @param holdId the hold that paid for the call; empty for none
 */
public record Charge(
    String lineId, long usageMinute, ChargeCause cause, Cost cost, String holdId) {}
