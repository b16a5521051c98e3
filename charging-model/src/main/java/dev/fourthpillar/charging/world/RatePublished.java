package dev.fourthpillar.charging.world;

import java.math.BigDecimal;
import java.time.LocalDate;

/** FxRatePublished: from the price book's currency to the account's. */
public record RatePublished(LocalDate day, BigDecimal rate) implements Delivery {}
