package dev.fourthpillar.cli.demo;

import java.nio.file.Path;
import java.util.List;

/**
 * Which story.
 *
 * @param calendar when it happens
 * @param seed in which portions
 * @param statements where the statements are written; made when it is missing
 * @param kills what is killed on the way, and where
 */
public record DemoOptions(Calendar calendar, long seed, Path statements, List<KillPoint> kills) {
  public DemoOptions {
    kills = List.copyOf(kills);
  }
}
