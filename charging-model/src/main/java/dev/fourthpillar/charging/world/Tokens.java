package dev.fourthpillar.charging.world;

/** What a call consumed, in three disjoint kinds; a difference may be negative. */
public record Tokens(long input, long cached, long output) {
  public static final Tokens NONE = new Tokens(0, 0, 0);

  public Tokens plus(Tokens other) {
    return new Tokens(
        Math.addExact(input, other.input),
        Math.addExact(cached, other.cached),
        Math.addExact(output, other.output));
  }

  public Tokens negated() {
    return new Tokens(-input, -cached, -output);
  }

  public Tokens minus(Tokens other) {
    return plus(other.negated());
  }

  public boolean isNone() {
    return equals(NONE);
  }
}
