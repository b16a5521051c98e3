package dev.fourthpillar.charging.world;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Calls that were truly made, and everything that is told of them.
 *
 * @param calls the time of each, by its number
 * @param known what everybody knows before the first call is reported
 * @param durable what comes, but late and in any order: events of feeds, and a gateway's own word
 * @param lossy what a client or a provider sends, which may be lost
 */
public record World(
    List<Instant> calls, List<Delivery> known, List<Delivery> durable, List<Report> lossy) {

  /** The price book's and most accounts'. */
  public static final String DOLLARS = "USD";

  public World {
    calls = List.copyOf(calls);
    known = List.copyOf(known);
    durable = List.copyOf(durable);
    lossy = List.copyOf(lossy);
  }

  /** What arrives, and how often: some is lost, some comes twice or three times. */
  public Schedule schedule(Random random) {
    List<Delivery> arriving = new ArrayList<>(durable);
    lossy.stream().filter(_ -> random.nextInt(5) != 0).forEach(arriving::add);
    List.copyOf(arriving).stream().filter(_ -> random.nextInt(3) == 0).forEach(arriving::add);
    Collections.shuffle(arriving, random);
    return new Schedule(known, arriving);
  }
}
