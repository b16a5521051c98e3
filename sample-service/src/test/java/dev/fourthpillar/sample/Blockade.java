package dev.fourthpillar.sample;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Holds a pocket's lock, so that calls that want to change it wait until it is lifted. */
final class Blockade implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Jdbi database;
  private final Handle holder;
  private boolean lifted;

  private Blockade(Jdbi database, Handle holder) {
    this.database = database;
    this.holder = holder;
  }

  static Blockade of(SampleServer server, String engineer, String pocket) {
    Handle holder = server.database().open();
    holder.begin();
    holder.execute(
        "select pg_advisory_xact_lock(hashtextextended(?, 0))",
        "pocket/" + engineer + "/" + pocket);
    return new Blockade(server.database(), holder);
  }

  /** Until so many transactions stand before it. */
  void awaitWaiting(int transactions) {
    Awaitility.await()
        .atMost(PATIENCE)
        .until(
            () ->
                database.withHandle(
                        handle ->
                            handle
                                .createQuery(
                                    """
                                    select count(*) from pg_locks
                                    where locktype = 'advisory' and not granted
                                      and database =
                                        (select oid from pg_database where datname = current_database())
                                    """)
                                .mapTo(Integer.class)
                                .one())
                    == transactions);
  }

  void lift() {
    if (!lifted) {
      lifted = true;
      holder.rollback();
      holder.close();
    }
  }

  @Override
  public void close() {
    lift();
  }
}
