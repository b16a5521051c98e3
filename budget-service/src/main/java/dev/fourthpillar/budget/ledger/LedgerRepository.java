package dev.fourthpillar.budget.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fourthpillar.backbone.paging.Page;
import dev.fourthpillar.backbone.paging.PageRequest;
import dev.fourthpillar.budget.journal.Book;
import dev.fourthpillar.budget.journal.Cause;
import dev.fourthpillar.budget.journal.Entry;
import dev.fourthpillar.budget.journal.EntryKind;
import dev.fourthpillar.budget.journal.LotPart;
import dev.fourthpillar.budget.journal.Totals;
import dev.fourthpillar.proof.Hash;
import jakarta.inject.Singleton;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Reads the journal, and what accounts say of it. Writes nothing. */
@Singleton
final class LedgerRepository {
  private static final String COLUMNS =
      """
      account, entry, kind, debit, credit, amount_nanos, cause_type, cause_id, cause_detail, lots,
      granted_nanos, settled_nanos, expired_nanos, reduced_nanos, overage_nanos, uncapped_nanos,
      effective_at, recorded_at, hash
      """;

  /** By how much entries moved the sums: what went into a book less what came out of it. */
  private static final String SUMS =
      """
      coalesce(sum(case 'GRANTED' when credit then amount_nanos when debit then -amount_nanos end), 0)
        as granted_nanos,
      coalesce(sum(case 'CONSUMED' when debit then amount_nanos when credit then -amount_nanos end), 0)
        as settled_nanos,
      coalesce(sum(case 'EXPIRED' when debit then amount_nanos when credit then -amount_nanos end), 0)
        as expired_nanos,
      coalesce(sum(case 'REDUCED' when debit then amount_nanos when credit then -amount_nanos end), 0)
        as reduced_nanos,
      coalesce(sum(case 'OVERAGE' when debit then amount_nanos when credit then -amount_nanos end), 0)
        as overage_nanos,
      coalesce(sum(case 'UNCAPPED' when debit then amount_nanos when credit then -amount_nanos end), 0)
        as uncapped_nanos
      """;

  private final ObjectMapper json = new ObjectMapper();

  /** What follows happens on one state of the database, whatever others write meanwhile. */
  void freeze(Handle handle) {
    handle.execute("set transaction isolation level repeatable read, read only");
  }

  /** Entries of an account with lower numbers, the newest first. */
  List<Entry> newest(Handle handle, String account, long before, int atMost) {
    return handle
        .createQuery(
            """
            select <columns> from journal
            where account = :account and entry < :before
            order by entry desc
            limit :at_most
            """)
        .define("columns", COLUMNS)
        .bind("account", account)
        .bind("before", before)
        .bind("at_most", atMost)
        .map((row, _) -> entry(row))
        .list();
  }

  /** Entries of an account with higher numbers, the oldest first. */
  List<Entry> oldest(Handle handle, String account, long after, int atMost) {
    return handle
        .createQuery(
            """
            select <columns> from journal
            where account = :account and entry > :after
            order by entry
            limit :at_most
            """)
        .define("columns", COLUMNS)
        .bind("account", account)
        .bind("after", after)
        .bind("at_most", atMost)
        .map((row, _) -> entry(row))
        .list();
  }

  /** Entries of all accounts behind this one, by account and number, recorded by then. */
  List<Entry> export(Handle handle, String account, long number, Instant recordedBy, int atMost) {
    return handle
        .createQuery(
            """
            select <columns> from journal
            where (account, entry) > (:account, :entry) and recorded_at <= :by
            order by account, entry
            limit :at_most
            """)
        .define("columns", COLUMNS)
        .bind("account", account)
        .bind("entry", number)
        .bind("by", recordedBy)
        .bind("at_most", atMost)
        .map((row, _) -> entry(row))
        .list();
  }

  /** How often the accounts of these engineers were changed. */
  Map<String, Long> revisions(Handle handle, Collection<String> engineers) {
    return handle
        .createQuery(
            """
            select engineer, sum(revision)::bigint + count(*) as revisions
            from account
            where engineer = any (:engineers)
            group by engineer
            """)
        .bindArray("engineers", String.class, List.copyOf(engineers))
        .map((row, _) -> Map.entry(row.getString("engineer"), row.getLong("revisions")))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  /** The number of the last entry recorded by then; 0 for none. */
  long lastEntry(Handle handle, String account, Instant recordedBy) {
    return handle
        .createQuery(
            """
            select entry from journal
            where account = :account and recorded_at <= :by
            order by recorded_at desc, entry desc
            limit 1
            """)
        .bind("account", account)
        .bind("by", recordedBy)
        .mapTo(Long.class)
        .findOne()
        .orElse(0L);
  }

  /** The sums after the last entry recorded by then. */
  Totals totals(Handle handle, String account, Instant recordedBy) {
    return handle
        .createQuery(
            """
            select granted_nanos, settled_nanos, expired_nanos, reduced_nanos, overage_nanos,
                   uncapped_nanos
            from journal
            where account = :account and recorded_at <= :by
            order by recorded_at desc, entry desc
            limit 1
            """)
        .bind("account", account)
        .bind("by", recordedBy)
        .map((row, _) -> totals(row))
        .findOne()
        .orElse(Totals.NONE);
  }

  /** What entries recorded between the two times, the second included, say of before the first. */
  Totals learned(Handle handle, String account, Instant asOf, Instant knownAt) {
    return handle
        .createQuery(
            """
            select <sums> from journal
            where account = :account and recorded_at > :as_of and recorded_at <= :known_at
              and effective_at <= :as_of
            """)
        .define("sums", SUMS)
        .bind("account", account)
        .bind("as_of", asOf)
        .bind("known_at", knownAt)
        .map((row, _) -> totals(row))
        .one();
  }

  /** What entries recorded by then say of later. */
  Totals scheduled(Handle handle, String account, Instant asOf) {
    return handle
        .createQuery(
            """
            select <sums> from journal
            where account = :account and recorded_at <= :as_of and effective_at > :as_of
              and effective_at > recorded_at
            """)
        .define("sums", SUMS)
        .bind("account", account)
        .bind("as_of", asOf)
        .map((row, _) -> totals(row))
        .one();
  }

  /**
   * What had expired by then and was booked only after anybody knew: expiry counts from its own
   * instant, whenever it is booked.
   */
  BigInteger expiredUnbooked(Handle handle, String account, Instant asOf, Instant knownAt) {
    return handle
        .createQuery(
            """
            select coalesce(sum(amount_nanos), 0) as nanos from journal
            where account = :account and recorded_at > :known_at and effective_at <= :as_of
              and kind = 'EXPIRE' and cause_detail = 'EXPIRY'
            """)
        .bind("account", account)
        .bind("as_of", asOf)
        .bind("known_at", knownAt)
        .map((row, _) -> number(row, "nanos"))
        .one();
  }

  /** What an account says of itself. */
  Optional<StoredAccount> account(Handle handle, String account) {
    return handle
        .createQuery(
            """
            select account, currency, entries, chain_head, granted_nanos, settled_nanos,
                   expired_nanos, reduced_nanos, overage_nanos, uncapped_nanos
            from account where account = :account
            """)
        .bind("account", account)
        .map((row, _) -> stored(row))
        .findOne();
  }

  /** Accounts by name. */
  Page<StoredAccount> accounts(Handle handle, PageRequest page) {
    List<StoredAccount> rows =
        handle
            .createQuery(
                """
                select account, currency, entries, chain_head, granted_nanos, settled_nanos,
                       expired_nanos, reduced_nanos, overage_nanos, uncapped_nanos
                from account
                where account > :after
                order by account
                limit :rows
                """)
            .bind("after", page.after().orElse(""))
            .bind("rows", page.size() + 1)
            .map((row, _) -> stored(row))
            .list();
    return Page.of(rows, page, StoredAccount::account);
  }

  /** The sums of all accounts, by currency. */
  List<CurrencySums> sums(Handle handle) {
    return handle
        .createQuery(
            """
            select currency, count(*) as accounts, sum(granted_nanos) as granted_nanos,
                   sum(settled_nanos) as settled_nanos, sum(expired_nanos) as expired_nanos,
                   sum(reduced_nanos) as reduced_nanos, sum(overage_nanos) as overage_nanos,
                   sum(uncapped_nanos) as uncapped_nanos
            from account
            group by currency
            order by currency
            """)
        .map(
            (row, _) ->
                new CurrencySums(row.getString("currency"), row.getLong("accounts"), totals(row)))
        .list();
  }

  private static StoredAccount stored(ResultSet row) throws SQLException {
    return new StoredAccount(
        row.getString("account"),
        row.getString("currency"),
        row.getLong("entries"),
        Hash.of("chain_head", row.getBytes("chain_head")),
        totals(row));
  }

  private Entry entry(ResultSet row) throws SQLException {
    return new Entry(
        row.getString("account"),
        row.getLong("entry"),
        EntryKind.valueOf(row.getString("kind")),
        Book.valueOf(row.getString("debit")),
        Book.valueOf(row.getString("credit")),
        number(row, "amount_nanos"),
        new Cause(
            Cause.Type.valueOf(row.getString("cause_type")),
            row.getString("cause_id"),
            row.getString("cause_detail")),
        lots(row.getString("lots")),
        totals(row),
        instant(row, "effective_at"),
        instant(row, "recorded_at"),
        Hash.of("hash", row.getBytes("hash")));
  }

  private List<LotPart> lots(String text) {
    try {
      List<LotPart> parts = new ArrayList<>();
      for (JsonNode part : json.readTree(text)) {
        parts.add(new LotPart(part.get("lot").textValue(), part.get("nanos").longValue()));
      }
      return parts;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a journal row's lots are no JSON", e);
    }
  }

  private static Totals totals(ResultSet row) throws SQLException {
    return new Totals(
        number(row, "granted_nanos"),
        number(row, "settled_nanos"),
        number(row, "expired_nanos"),
        number(row, "reduced_nanos"),
        number(row, "overage_nanos"),
        number(row, "uncapped_nanos"));
  }

  private static BigInteger number(ResultSet row, String column) throws SQLException {
    return row.getBigDecimal(column).toBigIntegerExact();
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
