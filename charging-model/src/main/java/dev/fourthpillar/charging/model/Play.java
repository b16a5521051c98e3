package dev.fourthpillar.charging.model;

import dev.fourthpillar.charging.world.Delivery;
import dev.fourthpillar.charging.world.Schedule;
import dev.fourthpillar.charging.world.Worlds;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A schedule played into charging and into accounts.
 *
 * @param broken which checks failed, and how each did so first; none is the expectation
 */
public record Play(Charging charging, Accounts accounts, Map<String, String> broken) {
  private static final int LONGEST_PAUSE_SECONDS = 200;

  public Play {
    broken = Collections.unmodifiableMap(new TreeMap<>(broken));
  }

  /**
   * @param random says how much time passes between two deliveries, and which lines come twice
   */
  public static Play of(Schedule schedule, Charging charging, Random random) {
    Accounts accounts = new Accounts();
    Map<String, String> broken = new TreeMap<>();
    Instant now = Worlds.LAST;
    int told = 0;
    for (Delivery delivery : schedule.inOrder()) {
      now = now.plusSeconds(random.nextInt(LONGEST_PAUSE_SECONDS));
      charging.accept(delivery, now);
      accounts.accept(delivery);
      told = tell(charging.settlements(), told, accounts, random);
      look(charging, "after " + delivery, broken);
    }
    charging.rest();
    tell(charging.settlements(), told, accounts, random);
    look(charging, "at rest", broken);
    Invariant.chargedTwice(charging.units())
        .forEach(how -> broken.putIfAbsent("CHARGED_ONCE", how));
    return new Play(charging, accounts, broken);
  }

  private static void look(Charging charging, String when, Map<String, String> broken) {
    List<Charging.View> units = charging.units();
    for (Invariant invariant : Invariant.values()) {
      invariant
          .broken(charging, units)
          .forEach(how -> broken.putIfAbsent(invariant.name(), when + ": " + how));
    }
    Invariant.wrongSums(charging, units)
        .forEach(how -> broken.putIfAbsent("ROLLUPS_ARE_THE_UNITS", when + ": " + how));
  }

  /** Lines come in order, and some of them again. */
  private static int tell(List<Settlement> lines, int told, Accounts accounts, Random random) {
    lines.subList(told, lines.size()).forEach(accounts::settled);
    if (!lines.isEmpty() && random.nextBoolean()) {
      accounts.settled(lines.get(random.nextInt(lines.size())));
    }
    return lines.size();
  }
}
