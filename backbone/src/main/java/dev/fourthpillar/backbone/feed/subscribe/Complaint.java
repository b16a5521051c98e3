package dev.fourthpillar.backbone.feed.subscribe;

import java.time.Duration;
import java.util.Optional;

/**
 * What goes wrong again and again, told once: again only when it is something else, or when it has
 * gone on for a while.
 */
final class Complaint {
  private final Duration atMostEvery;
  private Optional<Told> told = Optional.empty();

  private record Told(String what, long nanoTime) {}

  Complaint(Duration atMostEvery) {
    this.atMostEvery = atMostEvery;
  }

  /** Whether this is to be told now, as {@link System#nanoTime} has it. */
  boolean isNews(String what, long nanoTime) {
    boolean old =
        told.filter(
                before ->
                    before.what().equals(what)
                        && nanoTime - before.nanoTime() < atMostEvery.toNanos())
            .isPresent();
    if (!old) {
      told = Optional.of(new Told(what, nanoTime));
    }
    return !old;
  }

  /** It goes well again: what goes wrong next is news. */
  void over() {
    told = Optional.empty();
  }
}
