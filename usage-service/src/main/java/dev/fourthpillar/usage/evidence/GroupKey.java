package dev.fourthpillar.usage.evidence;

import static java.util.Objects.requireNonNull;

import dev.fourthpillar.usage.telemetry.Tool;

/**
 * What all signals of one run of a tool share, so that they can be weighed against each other.
 *
 * @param tool the tool's id; empty where nobody says
 */
public record GroupKey(String tool, String value) {

  public GroupKey {
    requireNonNull(tool);
    requireNonNull(value);
  }

  public static GroupKey of(Tool tool, String value) {
    return new GroupKey(tool.id(), value);
  }

  /** Without the value, which may name a person: a text may end in a log. */
  @Override
  public String toString() {
    return "GroupKey[" + tool + "]";
  }
}
