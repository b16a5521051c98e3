package dev.fourthpillar.usage.evidence;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.Optional;

/**
 * What usage can be looked at by, beside model and engineer.
 *
 * @param session the session or conversation
 * @param prompt the turn within it
 * @param querySource what asked, in the tool's own words ({@code repl_main_thread}, {@code
 *     compact}, ...)
 * @param agent the agent's name, or its kind where it has none
 * @param agentId one run of the agent
 * @param parentAgent the run of the agent that this one works for
 * @param subAgent whether the agent works for another one of the same session
 * @param project what it was for
 * @param organization the provider's organisation the user is logged in to
 * @param toolVersion the tool's version, by its own account
 * @param tags what the organisation put on its resources: project, team, cost centre
 */
public record Dimensions(
    Optional<String> session,
    Optional<String> prompt,
    Optional<String> querySource,
    Optional<String> agent,
    Optional<String> agentId,
    Optional<String> parentAgent,
    boolean subAgent,
    Optional<String> project,
    Optional<String> organization,
    Optional<String> toolVersion,
    Map<String, String> tags) {

  public Dimensions {
    requireNonNull(session);
    requireNonNull(prompt);
    requireNonNull(querySource);
    requireNonNull(agent);
    requireNonNull(agentId);
    requireNonNull(parentAgent);
    requireNonNull(project);
    requireNonNull(organization);
    requireNonNull(toolVersion);
    tags = Map.copyOf(tags);
  }
}
