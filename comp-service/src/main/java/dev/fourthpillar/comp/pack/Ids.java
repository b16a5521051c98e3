package dev.fourthpillar.comp.pack;

import dev.fourthpillar.comp.failure.Checks;
import java.util.regex.Pattern;

/** Component ids end up in line ids, so they hold nothing that would split those. */
final class Ids {

  static final int MAX_LENGTH = 64;

  private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9_-]+");

  private Ids() {}

  static void check(Checks checks, String id) {
    if (checks.text("id", id, MAX_LENGTH)) {
      checks.that(ALLOWED.matcher(id).matches(), "id", id, "letters, digits, '-' and '_' only");
    }
  }
}
