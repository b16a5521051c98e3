package dev.fourthpillar.budget.account;

import dev.fourthpillar.budget.lot.Carry;
import dev.fourthpillar.budget.lot.Lot;
import dev.fourthpillar.budget.lot.LotSource;
import dev.fourthpillar.budget.lot.Rollover;
import dev.fourthpillar.budget.lot.Span;
import dev.fourthpillar.budget.plan.Overage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The inside of an account's row as bytes: lots, times without a limit, usage by segment, what was
 * told. About 100 bytes a lot. A version comes first, so that a replica of the version before can
 * tell.
 */
final class StateCodec {
  private static final int VERSION = 5;

  /** Before anything survived an exit. */
  private static final int WITHOUT_EXIT = 4;

  /** Before lots went on. */
  private static final int WITHOUT_CARRY = 3;

  /** Before plans said anything of accounts. */
  private static final int WITHOUT_TERMS = 2;

  /** Before there was anything without a limit. */
  private static final int WITHOUT_UNCAPPED = 1;

  // What stands for a plan's overage; never given to another.
  private static final int BLOCK = 1;
  private static final int ALLOW = 2;
  private static final int ALLOW_WITH_CAP = 3;
  private static final int DEGRADE = 4;

  private StateCodec() {}

  /** What the bytes hold of an account. */
  record Inside(
      List<Lot> lots,
      List<Span> uncappedTimes,
      NavigableMap<Long, BigInteger> usage,
      long closedUntil,
      BigInteger overage,
      BigInteger uncapped,
      Thresholds thresholds,
      int openHolds,
      BigInteger unpinned,
      Optional<AccountTerms> terms) {}

  static byte[] encode(AccountState state) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      out.writeByte(state.lots().size());
      for (Lot lot : state.lots()) {
        write(out, lot);
      }
      out.writeShort(state.usage().size());
      for (var segment : state.usage().entrySet()) {
        out.writeLong(segment.getKey());
        write(out, segment.getValue());
      }
      out.writeLong(state.closedUntil());
      write(out, state.overage());
      Thresholds told = state.thresholds();
      out.writeLong(told.periodStart());
      out.writeByte(told.crossed().size());
      for (int percent : new TreeSet<>(told.crossed())) {
        out.writeByte(percent);
      }
      out.writeBoolean(told.exhausted());
      out.writeInt(state.openHolds());
      out.writeByte(state.uncappedTimes().size());
      for (Span span : state.uncappedTimes()) {
        out.writeLong(span.from());
        out.writeLong(span.until());
      }
      write(out, state.uncapped());
      write(out, state.unpinned());
      write(out, state.terms());
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  private static void write(DataOutputStream out, Lot lot) throws IOException {
    out.writeUTF(lot.id());
    out.writeByte(lot.source().code());
    out.writeInt(lot.priority());
    out.writeLong(lot.effective());
    out.writeLong(lot.expiry());
    out.writeLong(lot.amount());
    out.writeLong(lot.held());
    out.writeLong(lot.fixed());
    out.writeLong(lot.folded());
    out.writeLong(lot.expired());
    write(out, lot.carry());
  }

  private static void write(DataOutputStream out, Carry carry) throws IOException {
    out.writeBoolean(!carry.equals(Carry.NONE));
    if (carry.equals(Carry.NONE)) {
      return;
    }
    out.writeBoolean(carry.rollover().isPresent());
    if (carry.rollover().isPresent()) {
      Rollover rollover = carry.rollover().get();
      out.writeByte(rollover.percent());
      out.writeLong(rollover.mostNanos());
      out.writeLong(rollover.until());
      out.writeInt(rollover.priority());
      out.writeInt(rollover.portable().orElse(-1));
    }
    out.writeLong(carry.out());
    out.writeLong(carry.lapsed());
    out.writeUTF(carry.from());
    out.writeLong(carry.in());
  }

  private static void write(DataOutputStream out, Optional<AccountTerms> terms) throws IOException {
    out.writeBoolean(terms.isPresent());
    if (terms.isEmpty()) {
      return;
    }
    out.writeInt(terms.get().portable().orElse(-1));
    out.writeBoolean(terms.get().thresholdsPercent().isPresent());
    List<Integer> thresholds = terms.get().thresholdsPercent().orElse(List.of());
    out.writeByte(thresholds.size());
    for (int percent : thresholds) {
      out.writeByte(percent);
    }
    switch (terms.get().overage()) {
      case Overage.Block _ -> out.writeByte(BLOCK);
      case Overage.Allow _ -> out.writeByte(ALLOW);
      case Overage.AllowWithCap(int percent) -> {
        out.writeByte(ALLOW_WITH_CAP);
        out.writeShort(percent);
      }
      case Overage.Degrade(List<String> models) -> {
        out.writeByte(DEGRADE);
        out.writeByte(models.size());
        for (String model : models) {
          out.writeUTF(model);
        }
      }
    }
  }

  private static void write(DataOutputStream out, BigInteger number) throws IOException {
    byte[] bytes = number.toByteArray();
    out.writeByte(bytes.length);
    out.write(bytes);
  }

  static Inside decode(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int version = in.readUnsignedByte();
      if (version < WITHOUT_UNCAPPED || version > VERSION) {
        throw new IllegalStateException(
            "an account's state is of version %d (expected: %d to %d)"
                .formatted(version, WITHOUT_UNCAPPED, VERSION));
      }
      int count = in.readUnsignedByte();
      List<Lot> lots = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        lots.add(readLot(in, version));
      }
      int segments = in.readUnsignedShort();
      NavigableMap<Long, BigInteger> usage = new TreeMap<>();
      for (int i = 0; i < segments; i++) {
        long start = in.readLong();
        usage.put(start, readNumber(in));
      }
      long closedUntil = in.readLong();
      BigInteger overage = readNumber(in);
      Thresholds thresholds = readThresholds(in);
      int openHolds = in.readInt();
      boolean more = version != WITHOUT_UNCAPPED;
      List<Span> uncappedTimes = more ? readSpans(in) : List.of();
      BigInteger uncapped = more ? readNumber(in) : BigInteger.ZERO;
      boolean planned = version > WITHOUT_TERMS;
      return new Inside(
          lots,
          uncappedTimes,
          usage,
          closedUntil,
          overage,
          uncapped,
          thresholds,
          openHolds,
          planned ? readNumber(in) : BigInteger.ZERO,
          planned ? readTerms(in, version > WITHOUT_CARRY) : Optional.empty());
    } catch (IOException e) {
      throw new IllegalStateException("an account's state cannot be read", e);
    }
  }

  private static Lot readLot(DataInputStream in, int version) throws IOException {
    return new Lot(
        in.readUTF(),
        LotSource.of(in.readUnsignedByte()),
        in.readInt(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        in.readLong(),
        version > WITHOUT_CARRY && in.readBoolean()
            ? readCarry(in, version > WITHOUT_EXIT)
            : Carry.NONE);
  }

  private static Carry readCarry(DataInputStream in, boolean exits) throws IOException {
    Optional<Rollover> rollover =
        in.readBoolean()
            ? Optional.of(
                new Rollover(
                    in.readUnsignedByte(),
                    in.readLong(),
                    in.readLong(),
                    in.readInt(),
                    optional(exits ? in.readInt() : -1)))
            : Optional.empty();
    return new Carry(rollover, in.readLong(), in.readLong(), in.readUTF(), in.readLong());
  }

  private static List<Span> readSpans(DataInputStream in) throws IOException {
    int count = in.readUnsignedByte();
    List<Span> spans = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      spans.add(new Span(in.readLong(), in.readLong()));
    }
    return spans;
  }

  private static Optional<AccountTerms> readTerms(DataInputStream in, boolean portable)
      throws IOException {
    if (!in.readBoolean()) {
      return Optional.empty();
    }
    int percent = portable ? in.readInt() : -1;
    boolean own = !portable || in.readBoolean();
    int count = in.readUnsignedByte();
    List<Integer> percents = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      percents.add(in.readUnsignedByte());
    }
    int kind = in.readUnsignedByte();
    return Optional.of(
        new AccountTerms(
            own ? Optional.of(percents) : Optional.empty(),
            switch (kind) {
              case BLOCK -> new Overage.Block();
              case ALLOW -> new Overage.Allow();
              case ALLOW_WITH_CAP -> new Overage.AllowWithCap(in.readUnsignedShort());
              case DEGRADE -> new Overage.Degrade(readTexts(in));
              default ->
                  throw new IllegalStateException(
                      "overage of an account: %d (expected: a known one)".formatted(kind));
            },
            optional(percent)));
  }

  /** Below 0 for none. */
  private static OptionalInt optional(int number) {
    return number < 0 ? OptionalInt.empty() : OptionalInt.of(number);
  }

  private static List<String> readTexts(DataInputStream in) throws IOException {
    int count = in.readUnsignedByte();
    List<String> texts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      texts.add(in.readUTF());
    }
    return texts;
  }

  private static BigInteger readNumber(DataInputStream in) throws IOException {
    return new BigInteger(in.readNBytes(in.readUnsignedByte()));
  }

  private static Thresholds readThresholds(DataInputStream in) throws IOException {
    long start = in.readLong();
    int count = in.readUnsignedByte();
    Set<Integer> crossed = new TreeSet<>();
    for (int i = 0; i < count; i++) {
      crossed.add(in.readUnsignedByte());
    }
    return new Thresholds(start, crossed, in.readBoolean());
  }
}
