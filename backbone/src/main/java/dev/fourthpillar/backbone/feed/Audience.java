package dev.fourthpillar.backbone.feed;

import dev.fourthpillar.access.v1.Role;
import java.util.Set;

/**
 * Roles as a bit set: what the feed stores beside each event, and what a subscriber is held
 * against.
 */
public final class Audience {
  private Audience() {}

  static int bit(Role role) {
    return switch (role) {
      case ROLE_ENGINEER,
          ROLE_MANAGER,
          ROLE_HR,
          ROLE_FINANCE,
          ROLE_GATEWAY,
          ROLE_INGEST,
          ROLE_SERVICE,
          ROLE_SUBSCRIBER,
          ROLE_AUDITOR,
          ROLE_OPERATOR ->
          single(role.getNumber());
      case ROLE_UNSPECIFIED, UNRECOGNIZED ->
          throw new IllegalArgumentException("role: " + role + " (expected: a named role)");
    };
  }

  private static int single(int number) {
    if (number >= Integer.SIZE - 1) {
      // It would wrap, and lend one role's right to another.
      throw new IllegalStateException("role number: " + number + " (expected: below 31)");
    }
    return 1 << number;
  }

  /** The bits of all these roles. */
  public static int of(Set<Role> roles) {
    return roles.stream().mapToInt(Audience::bit).reduce(0, (a, b) -> a | b);
  }
}
