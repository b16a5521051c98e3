package dev.fourthpillar.usage.identity;

import dev.fourthpillar.usage.evidence.IdentityClaim;
import java.util.Locale;
import java.util.Optional;

/** A name by which usage can be told to be a person's. */
public record Identity(Kind kind, String value) implements Comparable<Identity> {

  private static final String ENGINEER = "ENGINEER:";

  public Identity {
    value = kind == Kind.EMAIL ? value.strip().toLowerCase(Locale.ROOT) : value.strip();
  }

  /** What a claim can be mapped by; empty for an engineer's id, which needs no mapping. */
  public static Optional<Identity> of(IdentityClaim claim) {
    return Kind.of(claim.kind()).map(kind -> new Identity(kind, claim.value()));
  }

  /** A claim as it is kept with a unit, to find the units that a mapping is about. */
  public static String key(IdentityClaim claim) {
    return of(claim).map(Identity::key).orElseGet(() -> engineerKey(claim.value()));
  }

  public static String engineerKey(String engineer) {
    return ENGINEER + engineer;
  }

  public String key() {
    return kind.name() + ":" + value;
  }

  /** The engineer that a kept claim names. */
  static Optional<String> engineerOf(String key) {
    return key.startsWith(ENGINEER)
        ? Optional.of(key.substring(ENGINEER.length()))
        : Optional.empty();
  }

  /** The identity that a kept claim names. */
  static Optional<Identity> ofKey(String key) {
    int colon = key.indexOf(':');
    return key.startsWith(ENGINEER)
        ? Optional.empty()
        : Optional.of(
            new Identity(Kind.valueOf(key.substring(0, colon)), key.substring(colon + 1)));
  }

  @Override
  public int compareTo(Identity other) {
    return key().compareTo(other.key());
  }

  /** Without the value, which is a person: a text may end in a log. */
  @Override
  public String toString() {
    return "Identity[" + kind + "]";
  }

  /** The names are those of the contract's {@code IdentityKind} without its prefix. */
  public enum Kind {
    EMAIL,
    ACCOUNT,
    USER,
    INSTALLATION,
    CREDENTIAL;

    private static Optional<Kind> of(IdentityClaim.Kind claim) {
      return switch (claim) {
        case ENGINEER -> Optional.empty();
        case CREDENTIAL -> Optional.of(CREDENTIAL);
        case EMAIL -> Optional.of(EMAIL);
        case ACCOUNT_UUID, ACCOUNT_ID -> Optional.of(ACCOUNT);
        case END_USER_ID, USER_ID -> Optional.of(USER);
        case INSTALLATION_ID -> Optional.of(INSTALLATION);
      };
    }
  }
}
