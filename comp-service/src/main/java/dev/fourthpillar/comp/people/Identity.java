package dev.fourthpillar.comp.people;

import java.util.Comparator;
import java.util.Locale;

/**
 * One name by which usage can be told to be a person's.
 *
 * @param value 1 to 256 characters; in lower case when it is an e-mail address
 */
public record Identity(Kind kind, String value) implements Comparable<Identity> {

  private static final Comparator<Identity> ORDER =
      Comparator.comparing(Identity::kind).thenComparing(Identity::value);

  /** What it is; the codes are stored and never change. */
  public enum Kind {
    EMAIL(1),
    ACCOUNT(2),
    USER(3),
    INSTALLATION(4),
    CREDENTIAL(5);

    private final int code;

    Kind(int code) {
      this.code = code;
    }

    int code() {
      return code;
    }

    static Kind of(int code) {
      for (Kind kind : values()) {
        if (kind.code == code) {
          return kind;
        }
      }
      throw new IllegalStateException("identity kind %d (expected: 1 to 5)".formatted(code));
    }
  }

  public Identity {
    value = kind == Kind.EMAIL ? value.toLowerCase(Locale.ROOT) : value;
  }

  @Override
  public int compareTo(Identity other) {
    return ORDER.compare(this, other);
  }
}
