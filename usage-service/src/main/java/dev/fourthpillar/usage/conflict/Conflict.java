package dev.fourthpillar.usage.conflict;

import dev.fourthpillar.usage.evidence.Evidence;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Reports of a call that contradict each other, or its hold. */
sealed interface Conflict {
  /** How. The names are those of the contract's {@code ConflictKind} without prefix. */
  enum Kind {
    CONTENT,
    USAGE_ID,
    ENGINEER
  }

  String tool();

  Instant time();

  /**
   * One record of a tool that came with different contents.
   *
   * @param contents all of them
   * @param counts the report whose quantities are the call's
   */
  record Content(
      long unit, String tool, Instant time, List<Evidence> contents, Optional<Evidence> counts)
      implements Conflict {
    public Content {
      contents = List.copyOf(contents);
    }
  }

  /**
   * A used id of a client of our own API.
   *
   * @param usageId with the client's subject before it
   * @param unit and what stands; absent where it is not kept any more
   * @param signal what was refused, and what it said of the call, by name
   * @param times how often it was refused
   */
  record UsageId(
      String usageId,
      OptionalLong unit,
      Optional<Evidence> stands,
      String tool,
      Instant time,
      String signal,
      Map<String, String> refused,
      long times)
      implements Conflict {
    public UsageId {
      refused = Map.copyOf(refused);
    }
  }

  /**
   * A call that a hold of somebody else has paid.
   *
   * @param claims what its reports name
   */
  record Engineer(
      long unit, String tool, Instant time, String holdEngineer, String holdId, List<String> claims)
      implements Conflict {
    public Engineer {
      claims = List.copyOf(claims);
    }
  }
}
