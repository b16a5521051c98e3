package dev.fourthpillar.budget.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fourthpillar.budget.lot.Carry;
import dev.fourthpillar.budget.lot.Lot;
import dev.fourthpillar.budget.lot.LotSource;
import dev.fourthpillar.budget.lot.Rollover;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How an account stands in its row: what other versions have written is read. */
final class StateCodecTest {
  private static final Lot LOT =
      new Lot(
          "default/ada/2026-01-01",
          LotSource.PLAN_PERIOD,
          100,
          1,
          9,
          80,
          7,
          6,
          5,
          4,
          new Carry(Optional.of(new Rollover(40, 30, 20, 10)), 3, 2, "before", 1));

  @Test
  void whatSurvivesAnExitIsKept() {
    Lot leaves =
        new Lot(
            "default/ada/2026-01-01",
            LotSource.PLAN_PERIOD,
            100,
            1,
            9,
            80,
            7,
            6,
            5,
            4,
            Carry.on(Optional.of(Rollover.atExit(33_333_333, 20))));
    LedgerWorld world = new LedgerWorld("2026-03-01T00:00:00Z");
    AccountState state = world.state;
    AccountState with =
        new AccountState(
            state.id(),
            state.entries(),
            state.head(),
            state.totals(),
            state.revision(),
            state.eventVersion(),
            state.lastTime(),
            java.util.List.of(leaves),
            state.uncappedTimes(),
            state.usage(),
            state.closedUntil(),
            state.overage(),
            state.uncapped(),
            state.thresholds(),
            state.openHolds(),
            state.unpinned(),
            state.terms());

    assertThat(StateCodec.decode(StateCodec.encode(with)).lots()).containsExactly(leaves);
  }

  @Test
  void theVersionBeforeIsRead() throws IOException {
    assertThat(StateCodec.decode(stored(4)).lots()).containsExactly(LOT);
    assertThatThrownBy(() -> StateCodec.decode(stored(6)))
        .hasMessage("an account's state is of version 6 (expected: 1 to 5)");
  }

  /** As version 4 wrote it. */
  private static byte[] stored(int version) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeByte(version);
    out.writeByte(1);
    out.writeUTF("default/ada/2026-01-01");
    out.writeByte(1);
    out.writeInt(100);
    for (long number : new long[] {1, 9, 80, 7, 6, 5, 4}) {
      out.writeLong(number);
    }
    out.writeBoolean(true);
    out.writeBoolean(true);
    out.writeByte(40);
    out.writeLong(30);
    out.writeLong(20);
    out.writeInt(10);
    out.writeLong(3);
    out.writeLong(2);
    out.writeUTF("before");
    out.writeLong(1);
    // No usage, nothing closed, no overage, nothing told, no holds, no times without a limit.
    out.writeShort(0);
    out.writeLong(Long.MIN_VALUE);
    number(out);
    out.writeLong(0);
    out.writeByte(0);
    out.writeBoolean(false);
    out.writeInt(0);
    out.writeByte(0);
    number(out);
    number(out);
    out.writeBoolean(false);
    return bytes.toByteArray();
  }

  private static void number(DataOutputStream out) throws IOException {
    out.writeByte(1);
    out.writeByte(0);
  }
}
