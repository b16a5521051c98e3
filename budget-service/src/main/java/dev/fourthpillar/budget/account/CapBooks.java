package dev.fourthpillar.budget.account;

import dev.fourthpillar.budget.cap.CapDemand;
import dev.fourthpillar.budget.cap.CapKey;
import dev.fourthpillar.budget.cap.CapMove;
import dev.fourthpillar.budget.cap.CapRoom;
import dev.fourthpillar.budget.charge.Cost;
import dev.fourthpillar.budget.hold.Attempt;
import dev.fourthpillar.budget.hold.CapPart;
import dev.fourthpillar.budget.hold.Hold;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What one command moves in the windows of caps. */
final class CapBooks {
  private final CapRooms rooms;
  private final Map<CapKey, CapMove> moves = new TreeMap<>();

  CapBooks(CapRooms rooms) {
    this.rooms = rooms;
  }

  /** A cap that has less than a call wants. */
  record Lack(CapDemand demand, BigInteger available, BigInteger wanted) {}

  /** The first cap that has less than that; one that is disabled lacks nothing. */
  Optional<Lack> lack(List<CapDemand> demands, Cost cost) {
    for (CapDemand demand : demands) {
      CapRoom room = room(demand);
      BigInteger wanted = demand.rate().of(cost.list().nanos());
      BigInteger available = room.available().max(BigInteger.ZERO);
      if (!room.disabled() && wanted.compareTo(available) > 0) {
        return Optional.of(new Lack(demand, available, wanted));
      }
    }
    return Optional.empty();
  }

  private CapRoom room(CapDemand demand) {
    return rooms
        .of(demand.key())
        .orElseThrow(() -> new IllegalStateException(demand.key() + " is not locked"));
  }

  /** Lets a hold have that of the caps. */
  List<CapPart> hold(List<CapPart> parts) {
    parts.forEach(part -> move(part.key(), BigInteger.valueOf(part.nanos()), BigInteger.ZERO));
    return parts;
  }

  /** A hold is not open any more: what it had is free. */
  void free(Hold hold) {
    hold.caps()
        .forEach(
            part -> move(part.key(), BigInteger.valueOf(part.nanos()).negate(), BigInteger.ZERO));
  }

  /** What a hold's calls cost, or cost more or less. */
  void settle(Hold hold, Cost cost) {
    Cost estimate = hold.estimate().cost();
    hold.caps().forEach(part -> move(part.key(), BigInteger.ZERO, part.of(cost, estimate)));
  }

  /** What the calls of a hold cost now instead of before. */
  void correct(Hold hold, List<Attempt> before, List<Attempt> now) {
    before.forEach(attempt -> settle(hold, attempt.cost().negated()));
    now.forEach(attempt -> settle(hold, attempt.cost()));
  }

  /** Usage without a hold. */
  void use(List<CapDemand> demands, Cost cost) {
    demands.forEach(
        demand -> move(demand.key(), BigInteger.ZERO, demand.rate().of(cost.list().nanos())));
  }

  private void move(CapKey key, BigInteger held, BigInteger settled) {
    moves.merge(key, new CapMove(key, held, settled), CapMove::plus);
  }

  /** All of it, by window. */
  List<CapMove> moves() {
    return List.copyOf(moves.values());
  }
}
