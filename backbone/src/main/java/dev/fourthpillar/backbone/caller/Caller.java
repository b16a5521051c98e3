package dev.fourthpillar.backbone.caller;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/**
 * An authenticated caller.
 *
 * @param subject the token's subject; unique within the installation's issuer
 * @param engineer the engineer id of the token, when the caller is a person with a budget
 * @param roles what the caller is; possibly nothing
 */
public record Caller(String subject, Optional<String> engineer, Set<Role> roles) {
  public Caller {
    requireNonNull(engineer, "engineer");
    roles = Set.copyOf(roles);
    if (subject.isBlank()) {
      throw new IllegalArgumentException("subject: '' (expected: not blank)");
    }
    if (engineer.isPresent() && engineer.get().isBlank()) {
      throw new IllegalArgumentException("engineer: '' (expected: absent or not blank)");
    }
  }

  /** Whether the caller has at least one of the roles. */
  public boolean hasAny(Collection<Role> wanted) {
    for (Role role : wanted) {
      if (roles.contains(role)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the caller is the engineer of that id. */
  public boolean isEngineer(String id) {
    return roles.contains(Role.ENGINEER) && engineer.isPresent() && engineer.get().equals(id);
  }
}
