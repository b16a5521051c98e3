package dev.fourthpillar.budget.ledger;

import dev.fourthpillar.budget.journal.Book;
import dev.fourthpillar.budget.journal.Totals;
import java.math.BigInteger;
import java.util.EnumMap;
import java.util.Map;

/** The sums of all accounts of one currency. */
record CurrencySums(String currency, long accounts, Totals totals) {

  /** What each book holds: what was put in less what was taken out. They add up to 0. */
  Map<Book, BigInteger> books() {
    Map<Book, BigInteger> books = new EnumMap<>(Book.class);
    books.put(Book.BALANCE, totals.balance());
    books.put(Book.GRANTED, totals.granted().negate());
    books.put(Book.CONSUMED, totals.settled());
    books.put(Book.EXPIRED, totals.expired());
    books.put(Book.REDUCED, totals.reduced());
    books.put(Book.OVERAGE, totals.overage());
    books.put(Book.EMPLOYER, totals.overage().add(totals.uncapped()).negate());
    books.put(Book.UNCAPPED, totals.uncapped());
    return books;
  }
}
