package dev.fourthpillar.pricing.book;

import java.util.List;

/** A price book is refused as a whole; every problem found is listed. The sender's fault. */
public final class InvalidPriceBookException extends RuntimeException {

  private final List<String> problems;

  public InvalidPriceBookException(List<String> problems) {
    super(problems.size() + " problem(s), the first: " + problems.getFirst());
    this.problems = List.copyOf(problems);
  }

  /** At least one. */
  public List<String> problems() {
    return problems;
  }
}
