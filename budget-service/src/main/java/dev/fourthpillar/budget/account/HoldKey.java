package dev.fourthpillar.budget.account;

import dev.fourthpillar.budget.hold.Hold;

/** What names a hold. */
public record HoldKey(String engineer, String holdId) {
  public static HoldKey of(Hold hold) {
    return new HoldKey(hold.terms().engineer(), hold.terms().holdId());
  }
}
