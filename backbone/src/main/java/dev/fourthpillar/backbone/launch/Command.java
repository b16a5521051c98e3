package dev.fourthpillar.backbone.launch;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a service's program does: one jar, and one image, for all of them. */
enum Command {
  /** Serves until the process is told to end. Also when none is named. */
  SERVE,

  /** Brings the database to the schema of this build, and ends. */
  MIGRATE,

  /** Asks a running service whether it serves, and reads from it; and ends. */
  CHECK;

  /** The command is the first argument, if that is no option. */
  static Command of(String[] args) {
    if (!isNamed(args)) {
      return SERVE;
    }
    return Arrays.stream(values())
        .filter(command -> command.word().equals(args[0]))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "%s: no such command (expected: %s)".formatted(args[0], words())));
  }

  /** What is left for the configuration, and for the command itself. */
  static String[] arguments(String[] args) {
    return isNamed(args) ? Arrays.copyOfRange(args, 1, args.length) : args;
  }

  private static boolean isNamed(String[] args) {
    return args.length > 0 && !args[0].startsWith("-");
  }

  private String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static String words() {
    return Arrays.stream(values()).map(Command::word).collect(Collectors.joining(", "));
  }
}
