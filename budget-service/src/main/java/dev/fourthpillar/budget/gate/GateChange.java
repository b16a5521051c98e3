package dev.fourthpillar.budget.gate;

import java.time.Instant;

/**
 * The collection gate of a country was opened or closed.
 *
 * @param country ISO 3166-1 alpha-2
 * @param open whether it is open
 * @param since judged at the time of a call
 * @param version of the country's gate: of two changes since the same time the higher one counts
 */
public record GateChange(String country, boolean open, Instant since, long version) {}
