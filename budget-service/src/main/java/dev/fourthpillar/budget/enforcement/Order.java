package dev.fourthpillar.budget.enforcement;

/** What a caller asks for, before anybody has looked whom it is about. */
sealed interface Order permits ReserveOrder, Order.OfHold {
  String engineer();

  /** What is about a hold that was made before, by whichever account of the engineer's. */
  sealed interface OfHold extends Order permits SettleOrder, ReleaseOrder, ExtendOrder {
    String holdId();
  }
}
