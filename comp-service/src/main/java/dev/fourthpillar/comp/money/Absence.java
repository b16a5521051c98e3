package dev.fourthpillar.comp.money;

/** Why a figure is absent. An absent figure is never sent as zero. */
public enum Absence {
  /** A ratio to a whole that is zero. */
  WHOLE_IS_ZERO("the whole it would relate to is zero"),
  /** The budget has no limit, so it has no face value. */
  FACE_UNDEFINED("an uncapped budget has no face value"),
  /** Neither metered nor assumed consumption was given. */
  CONSUMPTION_NOT_STATED("consumption is neither metered nor assumed"),
  /** Consumption is metered, and the ledger has told no balance of the person yet. */
  BALANCE_NOT_TOLD("no balance of the budget was told yet"),
  /** The plan names no expected consumption. */
  EXPECTATION_NOT_STATED("no expected consumption is stated"),
  /** A marginal tax rate is needed and not given. */
  MARGINAL_TAX_NOT_STATED("no marginal tax rate is stated"),
  /** No consumer price growth was given, so there is no real growth. */
  PRICE_GROWTH_NOT_STATED("no consumer price growth is stated"),
  /** The private share of use is unknown, and the figure turns on it. */
  PRIVATE_USE_UNKNOWN("the private share of use is unknown"),
  /** Whether the tokens are tool or pay is open, and the figure turns on it. */
  TREATMENT_UNDECIDED("whether the tokens are a tool or pay is undecided"),
  /** Growth from nothing. */
  NEW_COMPONENT("the component is new: growth from zero is undefined"),
  /** No employer charge is recorded for the country and day. */
  EMPLOYER_CHARGES_MISSING("RULE_MISSING: no employer charge is recorded for the country and day"),
  /** A charge is also of taxable benefits, and nobody said whether a benefit is. */
  BENEFIT_TAXATION_UNKNOWN("whether a benefit is taxable is not stated"),
  /** A charge is also of taxable benefits, and what of the tokens is one is for the rules. */
  TOKEN_TAXATION_UNDECIDED("what of the tokens is a taxable benefit is undecided"),
  /** Both packages hold the same amount of tokens. */
  SAME_TOKENS("both sides hold the same amount of tokens");

  private final String text;

  Absence(String text) {
    this.text = text;
  }

  /** A sentence part for people, in English. */
  public String text() {
    return text;
  }
}
