package dev.fourthpillar.pricing.naming;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A documented way in which one model is written differently. A rule rewrites names; it never maps
 * a model to another one that is merely similar, because that would invent a rate.
 *
 * @param name kept on the record
 * @param pattern must match the whole reported name
 * @param replacement with group references
 * @param why what the vendor or tool does, with its source
 */
public record FamilyRule(String name, Pattern pattern, String replacement, String why) {

  /** The rules every installation has, in the order they are tried; each is applied alone. */
  public static final List<FamilyRule> BUILT_IN =
      List.of(
          rule(
              "claude-context-suffix",
              "(claude-.+)\\[1m\\]",
              "$1",
              "Claude Code appends [1m] for the 1M-token context; the price follows the prompt size"),
          rule(
              "claude-dotted-version",
              "(claude-(?:[a-z]+-)?\\d+)\\.(\\d+.*)",
              "$1-$2",
              "GitHub Copilot and OpenRouter write claude-sonnet-4.5 for claude-sonnet-4-5"),
          rule(
              "gemini-resource-name",
              "(?:models|publishers/[^/]+/models)/(.+)",
              "$1",
              "Google APIs return resource names: models/gemini-2.5-flash"),
          rule(
              "openai-fine-tune",
              "(ft:[^:]+):.+",
              "$1",
              "OpenAI names a fine-tune ft:<base>:<org>:<name>:<id>; the price is that of ft:<base>"));

  private static FamilyRule rule(String name, String pattern, String replacement, String why) {
    return new FamilyRule(name, Pattern.compile(pattern), replacement, why);
  }

  Optional<String> rewrite(String model) {
    Matcher matcher = pattern.matcher(model);
    return matcher.matches() ? Optional.of(matcher.replaceFirst(replacement)) : Optional.empty();
  }
}
