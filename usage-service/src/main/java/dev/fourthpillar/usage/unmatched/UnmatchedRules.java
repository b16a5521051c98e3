package dev.fourthpillar.usage.unmatched;

import dev.fourthpillar.usage.unmatched.UnmatchedRule.Subject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** The rules that a batch of calls asks for. Immutable. */
public final class UnmatchedRules {
  private static final String ALL_TOOLS = "";

  private final Map<Scope, NavigableMap<Instant, UnmatchedRule>> rules = new HashMap<>();

  private record Scope(Subject subject, String tool) {}

  UnmatchedRules(Collection<UnmatchedRule> asked) {
    asked.forEach(
        rule ->
            rules
                .computeIfAbsent(new Scope(rule.subject(), rule.tool()), _ -> new TreeMap<>())
                .put(rule.since(), rule));
  }

  /**
   * The policy that was set for a call; empty where none was, and the default holds. The engineer's
   * counts before the credential's, and a tool's before that of all tools.
   *
   * @param credentials the nearest first
   */
  public Optional<UnmatchedPolicy> policy(
      Optional<String> engineer, List<String> credentials, String tool, Instant eventTime) {
    List<Subject> subjects = new ArrayList<>();
    engineer.ifPresent(id -> subjects.add(Subject.engineer(id)));
    credentials.forEach(id -> subjects.add(Subject.credential(id)));
    for (Subject subject : subjects) {
      for (String of : List.of(tool, ALL_TOOLS)) {
        Map.Entry<Instant, UnmatchedRule> rule =
            rules.getOrDefault(new Scope(subject, of), new TreeMap<>()).floorEntry(eventTime);
        if (rule != null) {
          return rule.getValue().policy();
        }
      }
    }
    return Optional.empty();
  }
}
