package dev.fourthpillar.budget.account;

/**
 * The account of an engineer in a currency.
 *
 * @param engineer the engineer's id
 * @param currency ISO 4217
 */
public record AccountId(String engineer, String currency) implements Comparable<AccountId> {

  /** As it is written: {@code engineers/ada/USD}. */
  @Override
  public String toString() {
    return "engineers/" + engineer + "/" + currency;
  }

  /** Accounts are locked in this order, which is the database's for their texts (collation C). */
  @Override
  public int compareTo(AccountId other) {
    return toString().compareTo(other.toString());
  }
}
