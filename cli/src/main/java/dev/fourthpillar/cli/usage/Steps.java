package dev.fourthpillar.cli.usage;

/** How far something is. */
@FunctionalInterface
public interface Steps {
  void at(long done, long of);
}
