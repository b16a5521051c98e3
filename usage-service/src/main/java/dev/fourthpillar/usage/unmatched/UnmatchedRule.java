package dev.fourthpillar.usage.unmatched;

import java.time.Instant;
import java.util.Optional;

/**
 * What happens to usage of a subject that finds no hold.
 *
 * @param tool empty for all tools
 * @param policy absent = the default again
 * @param since for calls from when on
 * @param author who said so
 */
public record UnmatchedRule(
    Subject subject, String tool, Optional<UnmatchedPolicy> policy, Instant since, String author) {

  /** Whose usage it is for. */
  public record Subject(Kind kind, String id) {
    static Subject engineer(String id) {
      return new Subject(Kind.ENGINEER, id);
    }

    static Subject credential(String id) {
      return new Subject(Kind.CREDENTIAL, id);
    }
  }

  /** What a subject is. */
  public enum Kind {
    ENGINEER,
    CREDENTIAL
  }
}
