package dev.fourthpillar.usage.pricebook;

import dev.fourthpillar.backbone.repeat.Repeated;
import io.micronaut.context.annotation.Context;
import jakarta.annotation.PreDestroy;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees to it that an installation has prices from its first start. */
@Context
final class SeedActivation implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SeedActivation.class);

  /** Between two attempts, where the database was away at the start. */
  private static final Duration PAUSE = Duration.ofSeconds(10);

  private final PriceBookService books;
  private final Repeated repeated;
  private volatile boolean done;

  SeedActivation(PriceBookService books) {
    this.books = books;
    seed();
    this.repeated = Repeated.startAfterPause("look at the seed price book", PAUSE, this::seed);
  }

  private void seed() {
    if (done) {
      return;
    }
    try {
      books.seed();
      done = true;
    } catch (RuntimeException e) {
      LOG.warn("the seed price book could not be looked at; it is tried again", e);
    }
  }

  @PreDestroy
  @Override
  public void close() {
    repeated.close();
  }
}
