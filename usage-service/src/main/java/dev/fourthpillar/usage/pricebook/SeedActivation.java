package dev.fourthpillar.usage.pricebook;

import io.micronaut.context.annotation.Context;
import io.micronaut.scheduling.annotation.Scheduled;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees to it that an installation has prices from its first start. */
@Context
final class SeedActivation {
  private static final Logger LOG = LoggerFactory.getLogger(SeedActivation.class);

  private final PriceBookService books;
  private volatile boolean done;

  SeedActivation(PriceBookService books) {
    this.books = books;
    seed();
  }

  /** Again, where the database was away at the start. */
  @Scheduled(fixedDelay = "10s", initialDelay = "10s")
  void seed() {
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
}
