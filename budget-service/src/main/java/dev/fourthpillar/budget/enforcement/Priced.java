package dev.fourthpillar.budget.enforcement;

import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.budget.charge.Cost;

/** What something costs, or why that is not known. */
sealed interface Priced {
  /**
   * @param bookId the price book; empty where none was asked
   * @param model as the book names it, {@code provider/model}; empty where none was asked
   */
  record At(Cost cost, String bookId, String model) implements Priced {}

  /** There is no price, or no rate. */
  record Unknown(Failure why) implements Priced {}
}
