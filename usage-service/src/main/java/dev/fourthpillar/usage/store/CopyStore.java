package dev.fourthpillar.usage.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Rows that are new, all in one COPY: the server parses, logs and places many of them at a time,
 * where INSERT would do so one by one.
 */
public final class CopyStore {
  /**
   * unique_violation, and deadlock_detected: whoever is told of a deadlock may simply try again.
   */
  private static final Set<String> LOST_RACES = Set.of("23505", "40P01");

  /** Sent at once; the text of a batch is not kept twice. */
  private static final int FLUSH_CHARS = 256 * 1024;

  private final String statement;
  private final List<String> columns;

  /**
   * @param columns with commas between them
   */
  public CopyStore(String table, String columns) {
    this.statement = "copy " + table + " (" + columns + ") from stdin";
    this.columns = Arrays.stream(columns.split(",", -1)).map(String::strip).toList();
  }

  /** One of the rows, or something whose unique values it has, is there already. */
  public static final class AlreadyThere extends RuntimeException {
    private static final long serialVersionUID = 1;

    AlreadyThere(SQLException cause) {
      super("another transaction was faster", cause);
    }
  }

  /**
   * Writes rows in their order.
   *
   * @param rows the columns by name: texts, numbers and booleans, documents for jsonb
   * @throws AlreadyThere if another transaction was faster, once that one is committed, or if it
   *     and this one would wait for each other; this one then has to go back to a savepoint
   */
  public void write(Handle handle, Iterable<? extends JsonNode> rows) {
    try {
      CopyIn copy =
          handle.getConnection().unwrap(PGConnection.class).getCopyAPI().copyIn(statement);
      StringBuilder text = new StringBuilder();
      try {
        for (JsonNode row : rows) {
          append(text, (ObjectNode) row);
          if (text.length() > FLUSH_CHARS) {
            flush(copy, text);
          }
        }
        flush(copy, text);
        copy.endCopy();
      } finally {
        if (copy.isActive()) {
          copy.cancelCopy();
        }
      }
    } catch (SQLException refused) {
      if (LOST_RACES.contains(refused.getSQLState())) {
        throw new AlreadyThere(refused);
      }
      throw new IllegalStateException("rows were not written", refused);
    }
  }

  private static void flush(CopyIn copy, StringBuilder text) throws SQLException {
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    copy.writeToCopy(bytes, 0, bytes.length);
    text.setLength(0);
  }

  private void append(StringBuilder text, ObjectNode row) {
    for (int i = 0; i < columns.size(); i++) {
      if (i > 0) {
        text.append('\t');
      }
      JsonNode value = row.get(columns.get(i));
      if (value == null || value.isNull()) {
        text.append("\\N");
      } else {
        escape(text, value.isTextual() ? value.textValue() : value.toString());
      }
    }
    text.append('\n');
  }

  private static void escape(StringBuilder text, String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '\\' -> text.append("\\\\");
        case '\t' -> text.append("\\t");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        default -> text.append(c);
      }
    }
  }
}
