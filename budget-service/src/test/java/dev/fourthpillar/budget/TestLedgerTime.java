package dev.fourthpillar.budget;

import dev.fourthpillar.budget.account.LedgerTime;
import io.micronaut.context.annotation.Property;
import io.micronaut.context.annotation.Requires;
import jakarta.inject.Singleton;
import java.time.Instant;

/** The ledger's time as a test says, in a service that is started with {@code test.ledger-time}. */
@Singleton
@Requires(property = TestLedgerTime.PROPERTY)
public final class TestLedgerTime implements LedgerTime {
  static final String PROPERTY = "test.ledger-time";

  private volatile Instant now;

  TestLedgerTime(@Property(name = PROPERTY) String now) {
    this.now = Instant.parse(now);
  }

  public void set(String time) {
    now = Instant.parse(time);
  }

  @Override
  public Instant at(Instant database) {
    return now;
  }
}
