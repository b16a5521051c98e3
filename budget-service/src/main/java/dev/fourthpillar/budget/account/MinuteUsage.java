package dev.fourthpillar.budget.account;

/** Usage without a hold, to be added to a minute's. */
public record MinuteUsage(long minute, long nanos) {}
