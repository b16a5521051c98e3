package dev.fourthpillar.localdb;

import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** How to reach one database as one role. */
public record LocalDatabase(String jdbcUrl, String username, String password) {

  /** Unpooled: every connection is a new one. */
  public DataSource dataSource() {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(jdbcUrl);
    source.setUser(username);
    source.setPassword(password);
    return source;
  }

  /** Without the password, which has no business in a log. */
  @Override
  public String toString() {
    return "LocalDatabase[%s as %s]".formatted(jdbcUrl, username);
  }
}
