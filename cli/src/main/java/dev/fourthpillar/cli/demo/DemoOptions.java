package dev.fourthpillar.cli.demo;

import java.nio.file.Path;

/**
 * Which story.
 *
 * @param calendar when it happens
 * @param seed in which portions
 * @param statements where the statements are written; made when it is missing
 * @param crash whether each service is killed once on the way
 */
public record DemoOptions(Calendar calendar, long seed, Path statements, boolean crash) {}
