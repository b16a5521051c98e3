package dev.fourthpillar.proof;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import com.google.type.Date;
import com.google.type.Money;
import dev.fourthpillar.budget.v1.BookedEntry;
import dev.fourthpillar.budget.v1.LedgerEntry;
import dev.fourthpillar.budget.v1.LedgerTotals;
import dev.fourthpillar.budget.v1.LotMovement;
import dev.fourthpillar.budget.v1.ProofBegin;
import dev.fourthpillar.budget.v1.ProofEnd;
import dev.fourthpillar.budget.v1.ProofPart;
import dev.fourthpillar.events.v1.LedgerCheckpoint;
import dev.fourthpillar.proof.HashedEntry.LotNanos;
import dev.fourthpillar.proof.ProofCheck.Proven;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * Proofs as the contract carries them. What an entry says twice (its balance, the currency of each
 * amount) is not hashed, and has to agree with what is.
 */
public final class ProofMapper {
  private static final BigInteger NANOS_PER_UNIT = BigInteger.valueOf(1_000_000_000);

  private ProofMapper() {}

  /**
   * Hands the next part to the check.
   *
   * @return what is proven, after the last part
   * @throws ProofException at the first flaw
   */
  public static Optional<Proven> check(ProofCheck check, ProofPart part) {
    return switch (part.getPartCase()) {
      case BEGIN -> {
        ProofBegin begin = part.getBegin();
        check.begin(
            begin.getAccount(), begin.getEntry(), hash("previous_hash", begin.getPreviousHash()));
        yield Optional.empty();
      }
      case ENTRIES -> {
        for (BookedEntry entry : part.getEntries().getEntriesList()) {
          check.entry(
              entry(check.account(), entry), hash("chain_hash", entry.getEntry().getChainHash()));
        }
        yield Optional.empty();
      }
      case END -> {
        ProofEnd end = part.getEnd();
        List<Hash> path = end.getPathList().stream().map(hash -> hash("path", hash)).toList();
        yield Optional.of(
            check.end(
                end.getLeafIndex(),
                path,
                statement(end.getCheckpoint()),
                end.getCheckpoint().getSignature().toByteArray()));
      }
      case PART_NOT_SET -> throw new ProofException(Flaw.FORM, "a part without content");
    };
  }

  /** A checkpoint's statement. */
  public static Statement statement(LedgerCheckpoint checkpoint) {
    return new Statement(
        checkpoint.getKeyId(),
        checkpoint.getNumber(),
        day(checkpoint.getDay()),
        checkpoint.getAccountCount(),
        hash("previous_root", checkpoint.getPreviousRoot()),
        hash("root", checkpoint.getRoot()));
  }

  /** A statement and its signature as the contract carries them. */
  public static LedgerCheckpoint toProto(Statement statement, byte[] signature) {
    return LedgerCheckpoint.newBuilder()
        .setNumber(statement.number())
        .setDay(
            Date.newBuilder()
                .setYear(statement.day().getYear())
                .setMonth(statement.day().getMonthValue())
                .setDay(statement.day().getDayOfMonth()))
        .setAccountCount(statement.accounts())
        .setRoot(ByteString.copyFrom(statement.root().bytes()))
        .setPreviousRoot(ByteString.copyFrom(statement.previousRoot().bytes()))
        .setKeyId(statement.keyId())
        .setSignature(ByteString.copyFrom(signature))
        .build();
  }

  private static HashedEntry entry(String account, BookedEntry booked) {
    LedgerEntry entry = booked.getEntry();
    LedgerTotals totals = booked.getTotals();
    String currency = account.substring(account.lastIndexOf('/') + 1);
    List<BigInteger> sums =
        List.of(
            nanos(totals.getGranted(), currency),
            nanos(totals.getSettled(), currency),
            nanos(totals.getExpired(), currency),
            nanos(totals.getReduced(), currency),
            nanos(totals.getOverage(), currency),
            nanos(totals.getUncapped(), currency));
    BigInteger balance =
        sums.get(0).subtract(sums.get(1)).subtract(sums.get(2)).subtract(sums.get(3));
    if (!nanos(entry.getBalance(), currency).equals(balance)
        || !nanos(totals.getBalance(), currency).equals(balance)) {
      throw new ProofException(
          Flaw.CONTRADICTION, "entry %d: its balance is not what its sums say", entry.getNumber());
    }
    return new HashedEntry(
        account,
        entry.getNumber(),
        word(entry.getKind(), "ENTRY_KIND_"),
        word(entry.getDebit(), "BOOK_"),
        word(entry.getCredit(), "BOOK_"),
        nanos(entry.getAmount(), currency),
        word(booked.getCauseType(), "CAUSE_TYPE_"),
        entry.getCauseId(),
        entry.getCauseDetail(),
        entry.getLotsList().stream().map(lot -> lot(lot, currency)).toList(),
        sums,
        instant(entry.getEffectiveTime()),
        instant(entry.getRecordTime()));
  }

  private static LotNanos lot(LotMovement lot, String currency) {
    try {
      return new LotNanos(lot.getLot(), nanos(lot.getAmount(), currency).longValueExact());
    } catch (ArithmeticException _) {
      throw new ProofException(Flaw.FORM, "lot %s: more than a lot can hold", lot.getLot());
    }
  }

  private static BigInteger nanos(Money money, String currency) {
    if (!money.getCurrencyCode().equals(currency)) {
      throw new ProofException(
          Flaw.CONTRADICTION,
          "an amount in '%s' (expected: %s, the account's)",
          money.getCurrencyCode(),
          currency);
    }
    BigInteger nanos =
        BigInteger.valueOf(money.getUnits())
            .multiply(NANOS_PER_UNIT)
            .add(BigInteger.valueOf(money.getNanos()));
    BigInteger[] parts = nanos.divideAndRemainder(NANOS_PER_UNIT);
    if (!parts[0].equals(BigInteger.valueOf(money.getUnits()))
        || !parts[1].equals(BigInteger.valueOf(money.getNanos()))) {
      throw new ProofException(
          Flaw.FORM,
          "amount: %d units, %d nanos (expected: of one sign, nanos below 1,000,000,000)",
          money.getUnits(),
          money.getNanos());
    }
    return nanos;
  }

  /** As the ledger writes it. */
  private static String word(Enum<?> value, String prefix) {
    if (!value.name().startsWith(prefix)) {
      throw new ProofException(Flaw.FORM, "a value of %s that is not known", prefix);
    }
    return value.name().substring(prefix.length());
  }

  private static Hash hash(String field, ByteString bytes) {
    return Hash.of(field, bytes.toByteArray());
  }

  private static LocalDate day(Date day) {
    try {
      return LocalDate.of(day.getYear(), day.getMonth(), day.getDay());
    } catch (DateTimeException _) {
      throw new ProofException(
          Flaw.FORM, "day: %d-%d-%d is none", day.getYear(), day.getMonth(), day.getDay());
    }
  }

  private static Instant instant(Timestamp time) {
    if (!Timestamps.isValid(time)) {
      throw new ProofException(Flaw.FORM, "a time that is none");
    }
    return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
  }
}
