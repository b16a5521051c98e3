package dev.fourthpillar.localdb;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The server's configuration file. It is written anew at every start, so that what runs is what the
 * options say and nothing an earlier run left behind.
 */
final class ServerSettings {

  /** What makes a commit survive a crash. Never negotiable, and read back from the live server. */
  static final Map<String, String> DURABLE =
      Map.of("fsync", "on", "synchronous_commit", "on", "full_page_writes", "on");

  static final String LISTEN_ADDRESS = "127.0.0.1";

  private static final Map<String, String> FIXED =
      Map.of(
          "listen_addresses", LISTEN_ADDRESS,
          // TCP on loopback is the only way in: no socket file that another user could reach.
          "unix_socket_directories", "",
          "password_encryption", "scram-sha-256",
          "timezone", "UTC",
          "log_timezone", "UTC",
          "port", "");

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");
  private static final Pattern VALUE = Pattern.compile("[\\x20-\\x7e]{0,200}");

  private ServerSettings() {}

  /** What the live server must say when asked. */
  static Map<String, String> promises() {
    Map<String, String> promises = new TreeMap<>(DURABLE);
    promises.put("listen_addresses", LISTEN_ADDRESS);
    return promises;
  }

  static void check(String name, String value) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "setting: \"%s\" (expected: a lower-case PostgreSQL setting)".formatted(name));
    }
    // "include" is a directive, which would let a file say what is refused here.
    if (name.startsWith("include") || DURABLE.containsKey(name) || FIXED.containsKey(name)) {
      throw new IllegalArgumentException(
          "setting: %s (expected: not set; a local server fixes it)".formatted(name));
    }
    if (!VALUE.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "setting %s: \"%s\" (expected: at most 200 printable ASCII characters)"
              .formatted(name, value));
    }
  }

  static String render(Map<String, String> settings, int port) {
    Map<String, String> all = new TreeMap<>(settings);
    all.putAll(FIXED);
    all.putAll(DURABLE);
    all.put("port", Integer.toString(port));
    StringBuilder file = new StringBuilder("# Written at every start; edits are lost.\n");
    all.forEach(
        (name, value) ->
            file.append(name).append(" = '").append(value.replace("'", "''")).append("'\n"));
    return file.toString();
  }
}
