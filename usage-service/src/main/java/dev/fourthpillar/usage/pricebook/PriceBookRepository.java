package dev.fourthpillar.usage.pricebook;

import dev.fourthpillar.backbone.paging.Page;
import dev.fourthpillar.backbone.paging.PageRequest;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Price books. */
@Singleton
final class PriceBookRepository {

  boolean insert(Handle handle, StoredBook book) {
    return handle
            .createUpdate(
                """
                insert into price_book
                  (book_id, currency, effective_time, source, row_count, employer_row_count,
                   list_json, employer_json, needs_confirmation, created_at)
                values
                  (:book_id, :currency, :effective_time, :source, :rows, :employer_rows,
                   :list_json, :employer_json, :needs_confirmation, :created_at)
                on conflict do nothing
                """)
            .bind("book_id", book.bookId())
            .bind("currency", book.currency())
            .bind("effective_time", book.effectiveTime())
            .bind("source", book.source())
            .bind("rows", book.rows())
            .bind("employer_rows", book.employerRows())
            .bind("list_json", book.listJson())
            .bind("employer_json", book.employerJson().orElse(null))
            .bind("needs_confirmation", book.needsConfirmation())
            .bind("created_at", book.createdAt())
            .execute()
        == 1;
  }

  void activate(Handle handle, StoredBook book) {
    handle
        .createUpdate(
            """
            update price_book
            set employer_discount = :discount, activated_at = :activated_at,
                activation = nextval('price_book_activation')
            where book_id = :book_id
            """)
        .bind("book_id", book.bookId())
        .bind("discount", book.employerDiscount().orElseThrow())
        .bind("activated_at", book.activatedAt().orElseThrow())
        .execute();
  }

  Optional<StoredBook> find(Handle handle, String bookId) {
    return handle
        .createQuery("select * from price_book where book_id = :book_id")
        .bind("book_id", bookId)
        .map((row, _) -> book(row))
        .findOne();
  }

  /** The books that price, by activation: which, and which activation of it. */
  List<Activation> activations(Handle handle) {
    return handle
        .createQuery(
            """
            select book_id, activation from price_book
            where activation is not null order by activation
            """)
        .map((row, _) -> new Activation(row.getString("book_id"), row.getLong("activation")))
        .list();
  }

  /** The highest version of a book; 0 for none. */
  int version(Handle handle, String id) {
    return handle
        .createQuery(
            """
            select coalesce(max(cast(substring(book_id from '/([0-9]+)$') as integer)), 0)
            from price_book where left(book_id, length(:id) + 1) = :id || '/'
            """)
        .bind("id", id)
        .mapTo(Integer.class)
        .one();
  }

  Optional<String> currency(Handle handle) {
    return handle
        .createQuery("select currency from price_book limit 1")
        .mapTo(String.class)
        .findOne();
  }

  Page<StoredBook> list(Handle handle, PageRequest page) {
    List<StoredBook> rows =
        handle
            .createQuery(
                """
                select * from price_book
                where cast(:after as text) is null
                  or (created_at, book_id) <
                     (select created_at, book_id from price_book where book_id = :after)
                order by created_at desc, book_id desc
                limit :rows
                """)
            .bind("after", page.after().orElse(null))
            .bind("rows", page.size() + 1)
            .map((row, _) -> book(row))
            .list();
    return Page.of(rows, page, StoredBook::bookId);
  }

  private static StoredBook book(ResultSet row) throws SQLException {
    return new StoredBook(
        row.getString("book_id"),
        row.getString("currency"),
        row.getTimestamp("effective_time").toInstant(),
        row.getString("source"),
        row.getInt("row_count"),
        row.getInt("employer_row_count"),
        row.getString("list_json"),
        Optional.ofNullable(row.getString("employer_json")),
        row.getBoolean("needs_confirmation"),
        Optional.ofNullable(row.getBigDecimal("employer_discount")),
        time(row, "activated_at"),
        row.getTimestamp("created_at").toInstant());
  }

  private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
    return Optional.ofNullable(row.getTimestamp(column)).map(Timestamp::toInstant);
  }

  /** A book and the number of its activation. */
  record Activation(String bookId, long number) {}
}
