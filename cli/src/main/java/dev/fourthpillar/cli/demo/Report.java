package dev.fourthpillar.cli.demo;

import java.time.Instant;

/**
 * A usage object of a provider: what one stretch of calls consumed.
 *
 * @param id the same for the same story
 * @param agentRun one run of the agent; empty for a person
 * @param worksForRun the run of the agent that started it; empty for none
 */
record Report(
    String id,
    Instant time,
    String engineer,
    String tool,
    String project,
    String session,
    String prompt,
    String agent,
    String agentRun,
    String worksForRun,
    Consumption consumption) {}
