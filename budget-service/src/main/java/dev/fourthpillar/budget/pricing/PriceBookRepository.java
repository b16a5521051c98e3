package dev.fourthpillar.budget.pricing;

import jakarta.inject.Singleton;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Price books as they arrive. */
@Singleton
final class PriceBookRepository {

  boolean putChunk(Handle handle, BookChunk chunk) {
    return handle
            .createUpdate(
                """
                insert into price_book_chunk (book_id, chunk, list_json, employer_json)
                values (:book_id, :chunk, :list_json, :employer_json)
                on conflict do nothing
                """)
            .bind("book_id", chunk.bookId())
            .bind("chunk", chunk.chunk())
            .bind("list_json", chunk.listJson())
            .bind("employer_json", chunk.employerJson())
            .execute()
        == 1;
  }

  boolean putActivation(Handle handle, BookActivation book) {
    return handle
            .createUpdate(
                """
                insert into price_book
                  (book_id, currency, effective_time, chunk_count, employer_discount, activated_at)
                values
                  (:book_id, :currency, :effective_time, :chunk_count, :employer_discount, :activated_at)
                on conflict do nothing
                """)
            .bind("book_id", book.bookId())
            .bind("currency", book.currency())
            .bind("effective_time", book.effectiveTime())
            .bind("chunk_count", book.chunkCount())
            .bind("employer_discount", book.employerDiscount())
            .bind("activated_at", book.activatedAt())
            .execute()
        == 1;
  }

  /** The ids of the books that are complete, in the order in which later ones count. */
  List<String> complete(Handle handle) {
    return handle
        .createQuery(
            """
            select b.book_id
            from price_book b
            where b.chunk_count = (select count(*) from price_book_chunk c
                                   where c.book_id = b.book_id and c.chunk <= b.chunk_count)
            order by b.effective_time, b.activated_at, b.book_id
            """)
        .mapTo(String.class)
        .list();
  }

  BookParts read(Handle handle, String bookId) {
    return handle
        .createQuery(
            """
            select b.book_id, b.currency, b.effective_time, b.employer_discount,
                   array_agg(c.list_json order by c.chunk) as list_json,
                   array_agg(c.employer_json order by c.chunk) as employer_json
            from price_book b join price_book_chunk c using (book_id)
            where b.book_id = :book_id and c.chunk <= b.chunk_count
            group by b.book_id
            """)
        .bind("book_id", bookId)
        .map((row, _) -> parts(row))
        .one();
  }

  private static BookParts parts(ResultSet row) throws SQLException {
    return new BookParts(
        row.getString("book_id"),
        row.getString("currency"),
        instant(row, "effective_time"),
        row.getBigDecimal("employer_discount"),
        texts(row.getArray("list_json")),
        texts(row.getArray("employer_json")));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getTimestamp(column).toInstant();
  }

  private static List<String> texts(Array array) throws SQLException {
    return Arrays.asList((String[]) array.getArray());
  }
}
