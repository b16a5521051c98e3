package dev.fourthpillar.backbone.storage;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.argument.Argument;

/**
 * Arrays as parameters of statements that write many rows. Jdbi's own {@code bindArray} finds out
 * the type of each array anew, and makes an Object[] of bytes, which the driver refuses.
 */
public final class SqlArrays {
  private SqlArrays() {}

  public static Argument texts(Collection<String> values) {
    return array("text", values.toArray(String[]::new));
  }

  public static Argument longs(Collection<Long> values) {
    return array("bigint", values.toArray(Long[]::new));
  }

  public static Argument ints(Collection<Integer> values) {
    return array("int", values.toArray(Integer[]::new));
  }

  public static Argument booleans(Collection<Boolean> values) {
    return array("boolean", values.toArray(Boolean[]::new));
  }

  public static Argument uuids(Collection<UUID> values) {
    return array("uuid", values.toArray(UUID[]::new));
  }

  public static Argument bytes(Collection<byte[]> values) {
    return array("bytea", values.toArray(byte[][]::new));
  }

  /** Whole numbers of any size. */
  public static Argument numbers(Collection<BigInteger> values) {
    return array("numeric", values.stream().map(BigDecimal::new).toArray());
  }

  public static Argument times(Collection<Instant> values) {
    return array(
        "timestamptz", values.stream().map(value -> value.atOffset(ZoneOffset.UTC)).toArray());
  }

  /** Times of which some are null in the database. */
  public static Argument maybeTimes(Collection<Optional<Instant>> values) {
    return array(
        "timestamptz",
        values.stream()
            .map(value -> value.map(time -> time.atOffset(ZoneOffset.UTC)).orElse(null))
            .toArray());
  }

  /** For statements that are bound without Jdbi. */
  public static Array texts(Connection connection, Collection<String> values) throws SQLException {
    return connection.createArrayOf("text", values.toArray(String[]::new));
  }

  private static Argument array(String type, Object[] values) {
    return (position, statement, _) ->
        statement.setArray(position, statement.getConnection().createArrayOf(type, values));
  }
}
