package dev.fourthpillar.budget.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.Reason;
import dev.fourthpillar.backbone.money.Amount;
import dev.fourthpillar.budget.cap.CapKey;
import dev.fourthpillar.budget.cap.CapRate;
import dev.fourthpillar.budget.charge.Cost;
import dev.fourthpillar.budget.hold.Attempt;
import dev.fourthpillar.budget.hold.CapPart;
import dev.fourthpillar.budget.hold.Hold;
import dev.fourthpillar.budget.hold.HoldState;
import dev.fourthpillar.budget.hold.HoldTerms;
import dev.fourthpillar.budget.hold.OnExpiry;
import dev.fourthpillar.budget.hold.Quantity;
import dev.fourthpillar.budget.lot.Slice;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/**
 * How a hold stands in its row. The replica of another version reads it: a component may be added
 * at the end of a record, and none may be moved.
 */
class StoredHoldTest {
  private static final Instant NOON = Instant.parse("2026-03-02T12:00:00.123456Z");
  private static final HoldTerms TERMS =
      new HoldTerms(
          "ada", "h1", Duration.ofMinutes(10), OnExpiry.RELEASE, "apollo", "ide", "bot", true);
  private static final Cost COST =
      new Cost(7, new Amount("USD", 8), new Amount("USD", 9), 10, "fx-1", OptionalLong.of(11));
  private static final Attempt ATTEMPT =
      new Attempt("acme", "nova", List.of("req-1"), List.of(new Quantity("input", 5)), COST);

  private static final String SETTLED =
      """
      [["ada","h1",600.000000000,"RELEASE","apollo","ide","bot",true],"engineers/ada/USD",
       {"amount.nanos":"0a0b"},"SETTLED",100,[["plan/2026",100,90]],3,
       ["acme","nova",["req-1"],[["input",5]],[7,["USD",8],["USD",9],10,"fx-1",11]],
       1772452800.123456000,1772453400.123456000,1772452800.123456000,
       [["acme","nova",["req-1"],[["input",5]],[7,["USD",8],["USD",9],10,"fx-1",11]]],
       {"calls":"0c0d"},1,2,null,[[["org",29540160],["USD",900],70]],true]
      """;

  @Test
  void aSettledHold() {
    Hold hold =
        new Hold(
            TERMS,
            "engineers/ada/USD",
            Map.of("amount.nanos", "0a0b"),
            HoldState.SETTLED,
            100,
            List.of(new Slice("plan/2026", 100, 90)),
            3,
            ATTEMPT,
            NOON,
            NOON.plusSeconds(600),
            Optional.of(NOON),
            List.of(ATTEMPT),
            Map.of("calls", "0c0d"),
            1,
            2,
            Optional.empty(),
            List.of(new CapPart(new CapKey("org", 29_540_160), new CapRate("USD", 900), 70)),
            true);

    assertThat(Json.of(hold)).isEqualTo(SETTLED.replace("\n", "").replace(" ", ""));
    assertThat(Json.hold(SETTLED)).isEqualTo(hold);
  }

  @Test
  void aHoldOfAnotherVersion() {
    String withoutCaps = SETTLED.replace(",[[[\"org\",29540160],[\"USD\",900],70]],true]", "]");
    String later = SETTLED.replace("true]\n", "true,\"more\"]\n");

    assertThat(withoutCaps).isNotEqualTo(SETTLED);
    assertThat(Json.hold(withoutCaps).caps()).isEmpty();
    assertThat(later).isNotEqualTo(SETTLED);
    assertThat(Json.hold(later)).isEqualTo(Json.hold(SETTLED));
  }

  @Test
  void aRefusedHold() {
    Attempt plain =
        new Attempt("", "", List.of(), List.of(), Cost.plain(new Amount("USD", 1_000_000_000)));
    Hold hold =
        Hold.refused(
            TERMS,
            "engineers/ada/USD",
            Map.of(),
            plain,
            NOON,
            Failure.of(Reason.BUDGET_INSUFFICIENT, "not enough")
                .with("available", "0")
                .withRetryAfter(Duration.ofSeconds(3)));

    assertThat(Json.hold(Json.of(hold))).isEqualTo(hold);
  }
}
