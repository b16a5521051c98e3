package dev.fourthpillar.budget.cap;

import java.time.Instant;
import java.util.Optional;

/**
 * That something counts in a window of a cap.
 *
 * @param currency the cap's
 * @param end when the window ends; empty = never
 */
public record CapDemand(CapKey key, String currency, Optional<Instant> end, CapRate rate) {}
