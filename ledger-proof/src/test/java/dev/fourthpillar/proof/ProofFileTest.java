package dev.fourthpillar.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import com.google.protobuf.Timestamp;
import com.google.type.Money;
import dev.fourthpillar.budget.v1.Book;
import dev.fourthpillar.budget.v1.BookedEntry;
import dev.fourthpillar.budget.v1.CauseType;
import dev.fourthpillar.budget.v1.EntryKind;
import dev.fourthpillar.budget.v1.LedgerEntry;
import dev.fourthpillar.budget.v1.LedgerTotals;
import dev.fourthpillar.budget.v1.LotMovement;
import dev.fourthpillar.budget.v1.ProofBegin;
import dev.fourthpillar.budget.v1.ProofEnd;
import dev.fourthpillar.budget.v1.ProofEntries;
import dev.fourthpillar.budget.v1.ProofPart;
import dev.fourthpillar.proof.HashedEntry.LotNanos;
import dev.fourthpillar.proof.ProofCheck.Proven;
import dev.fourthpillar.testkit.Dose;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A proof as a file, whole and altered. Written by hand, not by the service. */
final class ProofFileTest {
  private static final String ACCOUNT = "engineers/ada/USD";
  private static final Signer SIGNER = Signer.random();

  @Test
  void aWholeProofSaysWhatWasProven() throws IOException {
    Proven proven = check(text(parts()), SIGNER.publicKey());

    assertThat(proven.entry().number()).isEqualTo(2);
    assertThat(proven.entry().causeId()).isEqualTo("usage/ada/1");
    assertThat(proven.entry().amount()).isEqualTo(3_500_000_000L);
    assertThat(proven.lastEntry()).isEqualTo(3);
    assertThat(proven.checkpoint().day()).isEqualTo("2026-03-02");
  }

  @Test
  void eachAlterationIsRefusedWithItsReason() {
    assertThat(flaw(entry(0, entry -> entry.setCauseId("usage/ada/2")))).isEqualTo(Flaw.CHAIN);
    assertThat(flaw(entry(1, entry -> entry.setKind(EntryKind.ENTRY_KIND_ADJUST))))
        .isEqualTo(Flaw.CHAIN);
    assertThat(flaw(entry(0, entry -> entry.setBalance(dollars(97)))))
        .isEqualTo(Flaw.CONTRADICTION);
    assertThat(
            flaw(
                entry(
                    0,
                    entry ->
                        entry.setAmount(dollars(3).toBuilder().setCurrencyCode("EUR").build()))))
        .isEqualTo(Flaw.CONTRADICTION);
    assertThat(flaw(entries(list -> list.subList(1, 2)))).isEqualTo(Flaw.GAP);
    // Without the last one all that is there follows, and leads elsewhere.
    assertThat(flaw(entries(list -> list.subList(0, 1)))).isEqualTo(Flaw.PATH);
    assertThat(flaw(end(end -> end.setLeafIndex(0)))).isEqualTo(Flaw.PATH);
    assertThat(flaw(end(ProofEnd.Builder::clearPath))).isEqualTo(Flaw.PATH);
    // A fourth leaf would not be beside the way: only the signature knows.
    assertThat(flaw(end(end -> end.getCheckpointBuilder().setAccountCount(4))))
        .isEqualTo(Flaw.SIGNATURE);
    assertThat(flaw(end(end -> end.getCheckpointBuilder().setAccountCount(5))))
        .isEqualTo(Flaw.PATH);
    assertThat(flaw(end(end -> end.getCheckpointBuilder().setNumber(8)))).isEqualTo(Flaw.SIGNATURE);
    assertThat(flaw(end(end -> end.getCheckpointBuilder().getDayBuilder().setDay(3))))
        .isEqualTo(Flaw.SIGNATURE);
    assertThat(flaw(end(end -> end.getCheckpointBuilder().setKeyId("0123456789abcdef"))))
        .isEqualTo(Flaw.KEY);
    assertThat(flaw(parts().subList(0, 2))).isEqualTo(Flaw.FORM);
    assertThat(flaw(parts().subList(1, 3))).isEqualTo(Flaw.FORM);
    assertThat(flaw(List.of())).isEqualTo(Flaw.FORM);
    List<ProofPart> twice = new ArrayList<>(parts());
    twice.add(twice.getLast());
    assertThat(flaw(twice)).isEqualTo(Flaw.FORM);
  }

  @Test
  void anotherKeyIsNotTrusted() {
    assertThat(flaw(text(parts()), Signer.random().publicKey())).isEqualTo(Flaw.KEY);
  }

  /**
   * Also those that change the writing and not the content: nothing may look altered and pass. In a
   * build every seventh bit, which is each place of a byte.
   */
  @Test
  void everySingleBitThatIsFlippedIsRefused() {
    int step = Dose.isSoak() ? 1 : 7;
    byte[] file = text(parts()).getBytes(StandardCharsets.UTF_8);

    for (int bit = 0; bit < file.length * 8; bit += step) {
      file[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThat(flaw(new String(file, StandardCharsets.ISO_8859_1), SIGNER.publicKey()))
          .as("bit %d", bit)
          .isNotNull();
      file[bit / 8] ^= (byte) (1 << (bit % 8));
    }
  }

  @Test
  void aKeyFileIsMadeOnceAndReadAgain(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("ledger-key.pem");
    Signer.create(file);
    Signer first = Signer.read(file);
    Signer.create(file);

    assertThat(Signer.read(file).keyId()).isEqualTo(first.keyId());
    assertThat(Keys.publicKey(Keys.pem(first.publicKey()))).contains(first.publicKey());
    assertThat(Keys.publicKey("nothing")).isEmpty();

    Files.writeString(
        file,
        Files.readString(file).replaceAll("(?s)-----BEGIN PUBLIC.*", "")
            + Keys.pem(Signer.random().publicKey()));
    assertThat(catchThrowableOfType(IllegalArgumentException.class, () -> Signer.read(file)))
        .hasMessageContaining("not that of its private key");
  }

  /** Entry 2 of ada, with entry 3 after it; hers is the second of three leaves. */
  private static List<ProofPart> parts() {
    Hash previous = Hash.over("entry 1".getBytes(StandardCharsets.UTF_8));
    HashedEntry second = hashed(2, "usage/ada/1", 3_500_000_000L, 3_500_000_000L);
    HashedEntry third = hashed(3, "usage/ada/2", 1_000_000_000L, 4_500_000_000L);
    Hash secondHash = second.hashAfter(previous);
    Hash thirdHash = third.hashAfter(secondHash);
    List<Hash> leaves =
        List.of(
            Statement.leaf("engineers/abe/USD", 1, previous),
            Statement.leaf(ACCOUNT, 3, thirdHash),
            Statement.leaf("engineers/bob/USD", 9, previous));
    Statement statement =
        new Statement(
            SIGNER.keyId(),
            7,
            LocalDate.parse("2026-03-02"),
            3,
            Hash.over("yesterday".getBytes(StandardCharsets.UTF_8)),
            MerkleTree.root(leaves));
    return List.of(
        ProofPart.newBuilder()
            .setBegin(
                ProofBegin.newBuilder()
                    .setAccount(ACCOUNT)
                    .setEntry(2)
                    .setPreviousHash(ByteString.copyFrom(previous.bytes())))
            .build(),
        ProofPart.newBuilder()
            .setEntries(
                ProofEntries.newBuilder()
                    .addEntries(booked(second, secondHash, 3, 500_000_000))
                    .addEntries(booked(third, thirdHash, 1, 0)))
            .build(),
        ProofPart.newBuilder()
            .setEnd(
                ProofEnd.newBuilder()
                    .setLeafIndex(1)
                    .addAllPath(
                        MerkleTree.path(leaves, 1).stream()
                            .map(hash -> ByteString.copyFrom(hash.bytes()))
                            .toList())
                    .setCheckpoint(ProofMapper.toProto(statement, SIGNER.sign(statement))))
            .build());
  }

  private static HashedEntry hashed(long number, String cause, long nanos, long settled) {
    return new HashedEntry(
        ACCOUNT,
        number,
        "SETTLE",
        "CONSUMED",
        "BALANCE",
        BigInteger.valueOf(nanos),
        "EVENT",
        cause,
        "",
        List.of(new LotNanos("default/ada/2026-01-01", -nanos)),
        List.of(
            BigInteger.valueOf(100_000_000_000L),
            BigInteger.valueOf(settled),
            BigInteger.ZERO,
            BigInteger.ZERO,
            BigInteger.ZERO,
            BigInteger.ZERO),
        Instant.parse("2026-03-02T11:00:00Z"),
        Instant.parse("2026-03-02T12:00:00.123456Z"));
  }

  private static BookedEntry booked(HashedEntry entry, Hash hash, long units, int nanos) {
    Money amount = dollars(units).toBuilder().setNanos(nanos).build();
    Money settled = money(entry.totals().get(1));
    Money balance = money(entry.totals().get(0).subtract(entry.totals().get(1)));
    return BookedEntry.newBuilder()
        .setEntry(
            LedgerEntry.newBuilder()
                .setNumber(entry.number())
                .setKind(EntryKind.ENTRY_KIND_SETTLE)
                .setDebit(Book.BOOK_CONSUMED)
                .setCredit(Book.BOOK_BALANCE)
                .setAmount(amount)
                .setCauseId(entry.causeId())
                .addLots(
                    LotMovement.newBuilder()
                        .setLot("default/ada/2026-01-01")
                        .setAmount(money(entry.amount().negate())))
                .setEffectiveTime(time(entry.effective()))
                .setRecordTime(time(entry.recorded()))
                .setBalance(balance)
                .setChainHash(ByteString.copyFrom(hash.bytes())))
        .setCauseType(CauseType.CAUSE_TYPE_EVENT)
        .setTotals(
            LedgerTotals.newBuilder()
                .setGranted(dollars(100))
                .setSettled(settled)
                .setExpired(dollars(0))
                .setReduced(dollars(0))
                .setBalance(balance)
                .setOverage(dollars(0))
                .setUncapped(dollars(0)))
        .build();
  }

  private static Money money(BigInteger nanos) {
    BigInteger[] parts = nanos.divideAndRemainder(BigInteger.valueOf(1_000_000_000));
    return dollars(parts[0].longValue()).toBuilder().setNanos(parts[1].intValue()).build();
  }

  private static Money dollars(long units) {
    return Money.newBuilder().setCurrencyCode("USD").setUnits(units).build();
  }

  private static Timestamp time(Instant time) {
    return Timestamp.newBuilder()
        .setSeconds(time.getEpochSecond())
        .setNanos(time.getNano())
        .build();
  }

  private static List<ProofPart> entry(int index, UnaryOperator<LedgerEntry.Builder> change) {
    List<ProofPart> parts = new ArrayList<>(parts());
    ProofPart.Builder changed = parts.get(1).toBuilder();
    var _ = change.apply(changed.getEntriesBuilder().getEntriesBuilder(index).getEntryBuilder());
    parts.set(1, changed.build());
    return parts;
  }

  private static List<ProofPart> entries(UnaryOperator<List<BookedEntry>> change) {
    List<ProofPart> parts = new ArrayList<>(parts());
    List<BookedEntry> entries = parts.get(1).getEntries().getEntriesList();
    parts.set(
        1,
        ProofPart.newBuilder()
            .setEntries(ProofEntries.newBuilder().addAllEntries(change.apply(entries)))
            .build());
    return parts;
  }

  private static List<ProofPart> end(Consumer<ProofEnd.Builder> change) {
    List<ProofPart> parts = new ArrayList<>(parts());
    ProofPart.Builder changed = parts.get(2).toBuilder();
    change.accept(changed.getEndBuilder());
    parts.set(2, changed.build());
    return parts;
  }

  private static String text(List<ProofPart> parts) {
    return parts.stream().map(ProofFileCodec::line).collect(Collectors.joining());
  }

  private static Proven check(String text, PublicKey key) throws IOException {
    return ProofFileCodec.check(new StringReader(text), key);
  }

  private static Flaw flaw(List<ProofPart> parts) {
    return flaw(text(parts), SIGNER.publicKey());
  }

  private static Flaw flaw(String text, PublicKey key) {
    ProofException refused = catchThrowableOfType(ProofException.class, () -> check(text, key));
    assertThat(refused).as("refused").isNotNull();
    return refused.flaw();
  }
}
