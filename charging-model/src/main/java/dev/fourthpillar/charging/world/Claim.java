package dev.fourthpillar.charging.world;

/** Something a report says of who made the call. */
public sealed interface Claim {
  /** Means somebody once comp-service has told whose it is. */
  record Email(String address) implements Claim {}

  /** An engineer's id, which a gateway knows. */
  record Engineer(String id) implements Claim {}
}
