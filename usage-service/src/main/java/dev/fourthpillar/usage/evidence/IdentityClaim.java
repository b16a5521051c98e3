package dev.fourthpillar.usage.evidence;

import static java.util.Objects.requireNonNull;

/**
 * Something a report says about who did the work. A claim is not yet an engineer: that is for
 * attribution to decide.
 */
public record IdentityClaim(Kind kind, String value) {

  public IdentityClaim {
    requireNonNull(kind);
    if (value.isBlank()) {
      throw new IllegalArgumentException(kind + ": blank (expected: a value)");
    }
  }

  /** Without the value, which is a person: a text may end in a log. */
  @Override
  public String toString() {
    return "IdentityClaim[" + kind + "]";
  }

  /** In order of precedence. */
  public enum Kind {
    /**
     * An engineer's id, said by a token or by a caller of our own API: it needs no mapping. The
     * token's stands before everything else, what a caller says after its credential.
     */
    ENGINEER,
    /** The ingest credential the export came with: the only claim the sender cannot choose. */
    CREDENTIAL,
    EMAIL,
    ACCOUNT_UUID,
    ACCOUNT_ID,
    END_USER_ID,
    USER_ID,
    /** Random per installation; means something once an administrator has mapped it. */
    INSTALLATION_ID
  }
}
