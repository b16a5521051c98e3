package dev.fourthpillar.charging.world;

/** Both sides of a price, in nanos (10⁻⁹) of the price book's currency. */
public record Cost(long list, long employer) {
  public static final Cost NOTHING = new Cost(0, 0);

  public Cost plus(Cost other) {
    return new Cost(Math.addExact(list, other.list), Math.addExact(employer, other.employer));
  }

  public Cost negated() {
    return new Cost(-list, -employer);
  }

  public Cost minus(Cost other) {
    return plus(other.negated());
  }
}
