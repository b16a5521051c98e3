package dev.fourthpillar.sample;

import org.jdbi.v3.core.Jdbi;

/**
 * What a put has left behind in the database.
 *
 * @param pockets rows of the engineer's pockets
 * @param entries of what was put in
 * @param outcomes kept for request ids
 * @param events written, sequenced or not
 */
record Traces(int pockets, int entries, int outcomes, int events) {
  static final Traces NONE = new Traces(0, 0, 0, 0);
  static final Traces ONE = new Traces(1, 1, 1, 1);

  /** Of one engineer, whose requests all have ids that begin with the engineer's name. */
  static Traces of(Jdbi database, String engineer) {
    return new Traces(
        count(database, "select count(*) from pocket where engineer = ?", engineer),
        count(database, "select count(*) from pocket_entry where engineer = ?", engineer),
        count(
            database,
            "select count(*) from frozen_outcome where request_id like ? || '-%'",
            engineer),
        count(
            database,
            """
            select (select count(*) from feed_inbox where owner = e)
                 + (select count(*) from feed_log where owner = e)
            from (values (?)) as one (e)
            """,
            engineer));
  }

  private static int count(Jdbi database, String sql, String engineer) {
    return database.withHandle(
        handle -> handle.createQuery(sql).bind(0, engineer).mapTo(Integer.class).one());
  }
}
