package dev.fourthpillar.usage.match;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.usage.match.Pairing.Call;
import dev.fourthpillar.usage.match.Pairing.Held;
import dev.fourthpillar.usage.match.Pairing.Pair;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Times are minutes of one day. */
class PairingTest {

  @Test
  void exactQuantitiesMatchWithinTenMinutesOneToOne() {
    List<Held> holds = List.of(held(1, 0, "a"), held(2, 0, "a"), held(3, 0, "b"));

    assertThat(
            Pairing.of(
                holds,
                List.of(call(11, 10, "a"), call(12, 11, "a"), call(13, 1, "c"), call(14, 2, "a"))))
        .containsExactlyInAnyOrder(new Pair(1, 14), new Pair(2, 11));
  }

  @Test
  void theEarlierOneLeavesTheLaterOneItsHold() {
    // The call of minute 9 could take the hold of 15, which is the only one for that of 24.
    assertThat(
            Pairing.of(
                List.of(held(1, 0, "a"), held(2, 15, "a")),
                List.of(call(11, 24, "a"), call(12, 9, "a"))))
        .containsExactlyInAnyOrder(new Pair(1, 12), new Pair(2, 11));
  }

  @Test
  void whatWasEstimatedTakesTheNearestOfItsLife() {
    Held long1 = new Held(1, minute(0), minute(60), "m", "");
    Held long2 = new Held(2, minute(20), minute(30), "m", "");
    Call soon = call(11, 22, "x");
    Call later = call(12, 40, "y");
    Call never = call(13, 61, "z");

    // Two minutes after the second hold, 40 after the first; the last one is after both.
    assertThat(Pairing.of(List.of(long1, long2), List.of(later, never, soon)))
        .containsExactlyInAnyOrder(new Pair(2, 11), new Pair(1, 12));
  }

  @Test
  void anotherModelIsAnotherCall() {
    assertThat(Pairing.of(List.of(held(1, 0, "a")), List.of(new Call(11, minute(0), "other", "a"))))
        .isEmpty();
  }

  @Test
  void theOrderInWhichTheyAreGivenDoesNotMatter() {
    Random random = new Random(7);
    List<Held> holds = new ArrayList<>();
    List<Call> calls = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      int at = random.nextInt(120);
      String what = List.of("a", "b", "").get(random.nextInt(3));
      holds.add(new Held(i, minute(at), minute(at + 20), "m", what));
      calls.add(call(100 + i, random.nextInt(140), List.of("a", "b", "c").get(random.nextInt(3))));
    }
    List<Pair> pairs = Pairing.of(holds, calls);
    assertThat(pairs.stream().map(Pair::held)).doesNotHaveDuplicates();
    assertThat(pairs.stream().map(Pair::call)).doesNotHaveDuplicates();

    Collections.shuffle(holds, random);
    Collections.shuffle(calls, random);

    assertThat(Pairing.of(holds, calls)).hasSameElementsAs(pairs).isNotEmpty();
  }

  private static Held held(long unit, int minute, String quantities) {
    return new Held(unit, minute(minute), minute(minute + 1), "m", quantities);
  }

  private static Call call(long unit, int minute, String quantities) {
    return new Call(unit, minute(minute), "m", quantities);
  }

  private static Instant minute(int minute) {
    return Instant.parse("2026-11-20T00:00:00Z").plusSeconds(60L * minute);
  }
}
