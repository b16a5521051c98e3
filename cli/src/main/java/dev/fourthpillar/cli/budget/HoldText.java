package dev.fourthpillar.cli.budget;

import com.google.type.Money;
import dev.fourthpillar.budget.v1.Hold;
import dev.fourthpillar.cli.pay.Amounts;

/** What became of a hold, in one line. */
public final class HoldText {
  private HoldText() {}

  public static String reserved(Hold hold) {
    return "%s: %s held of %s until %s\n"
        .formatted(
            hold.getHoldId(),
            Amounts.print(hold.getHeldAmount()),
            hold.getAccount(),
            Cells.time(hold.getExpireTime()));
  }

  public static String settled(Hold hold, Money booked) {
    return "%s: %s, %s booked to %s\n"
        .formatted(
            hold.getHoldId(),
            Cells.name(hold.getState(), "HOLD_STATE_"),
            Amounts.print(booked),
            hold.getAccount());
  }

  public static String released(Hold hold) {
    return "%s: %s, nothing is held of %s\n"
        .formatted(hold.getHoldId(), Cells.name(hold.getState(), "HOLD_STATE_"), hold.getAccount());
  }
}
