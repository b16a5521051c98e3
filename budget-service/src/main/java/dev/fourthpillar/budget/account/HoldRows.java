package dev.fourthpillar.budget.account;

import dev.fourthpillar.budget.hold.Hold;

/** Stored holds, for those who read them. */
public final class HoldRows {
  private HoldRows() {}

  /** The hold of a row's {@code body}. */
  public static Hold read(String body) {
    return Json.hold(body);
  }
}
