package dev.fourthpillar.charging.world;

/** One message, as it arrives. */
public sealed interface Delivery
    permits Report, HoldAccount, PersonTold, BookActivated, RatePublished {}
