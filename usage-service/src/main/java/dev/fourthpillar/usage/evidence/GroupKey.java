package dev.fourthpillar.usage.evidence;

import static java.util.Objects.requireNonNull;

import dev.fourthpillar.usage.telemetry.Tool;

/** What all signals of one run of a tool share, so that they can be weighed against each other. */
public record GroupKey(Tool tool, String value) {

  public GroupKey {
    requireNonNull(tool);
    requireNonNull(value);
  }

  /** Without the value, which may name a person: a text may end in a log. */
  @Override
  public String toString() {
    return "GroupKey[" + tool + "]";
  }
}
