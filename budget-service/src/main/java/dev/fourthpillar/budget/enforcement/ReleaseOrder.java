package dev.fourthpillar.budget.enforcement;

/** There was no call. */
record ReleaseOrder(String engineer, String holdId) implements Order.OfHold {}
