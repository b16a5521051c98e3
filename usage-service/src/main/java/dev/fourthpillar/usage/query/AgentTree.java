package dev.fourthpillar.usage.query;

import dev.fourthpillar.usage.settle.MeterCost;
import dev.fourthpillar.usage.settle.UnitValue;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A node of a session's tree, with everything below it.
 *
 * @param name the session, the turn or the agent; empty where the tool has no name for it
 */
record AgentTree(
    Kind kind,
    String name,
    UsageSums.Money total,
    SortedMap<String, BigInteger> quantities,
    List<AgentTree> children) {

  enum Kind {
    SESSION,
    TURN,
    AGENT,
    SUB_AGENT
  }

  /** The tree of these units, all of one session. */
  static AgentTree of(String session, List<UnitValue> units) {
    Node root = new Node(Kind.SESSION, session);
    Map<String, Map<AgentKey, Node>> agents = new LinkedHashMap<>();
    Map<String, Node> turns = new TreeMap<>();
    for (UnitValue unit : units) {
      String turn = unit.place().turn();
      turns.computeIfAbsent(turn, name -> new Node(Kind.TURN, name));
      agents
          .computeIfAbsent(turn, _ -> new LinkedHashMap<>())
          .computeIfAbsent(AgentKey.of(unit), key -> new Node(key.kind(), unit.matter().agent()))
          .units
          .add(unit);
    }
    turns.forEach(
        (turn, node) -> {
          root.children.add(node);
          Map<AgentKey, Node> ofTurn = agents.getOrDefault(turn, Map.of());
          ofTurn.forEach((key, agent) -> parent(key, ofTurn, node).children.add(agent));
        });
    return root.tree();
  }

  /** The agent it works for, where that is known in this turn; else the turn's main agent. */
  private static Node parent(AgentKey key, Map<AgentKey, Node> ofTurn, Node turn) {
    if (!key.sub()) {
      return turn;
    }
    return ofTurn.entrySet().stream()
        .filter(entry -> !key.parent().isEmpty() && entry.getKey().id().equals(key.parent()))
        .filter(entry -> !entry.getKey().equals(key) && !worksFor(entry.getKey(), key, ofTurn))
        .map(Map.Entry::getValue)
        .findFirst()
        .or(
            () ->
                ofTurn.entrySet().stream()
                    .filter(entry -> !entry.getKey().sub())
                    .map(Map.Entry::getValue)
                    .findFirst())
        .orElse(turn);
  }

  /** Whether the chain upwards comes by it: tools have claimed stranger things than a circle. */
  private static boolean worksFor(AgentKey who, AgentKey whom, Map<AgentKey, Node> ofTurn) {
    AgentKey at = who;
    for (int steps = 0; steps <= ofTurn.size(); steps++) {
      if (!at.sub() || at.parent().isEmpty()) {
        return false;
      }
      if (at.parent().equals(whom.id())) {
        return true;
      }
      String parent = at.parent();
      java.util.Optional<AgentKey> up =
          ofTurn.keySet().stream().filter(key -> key.id().equals(parent)).findFirst();
      if (up.isEmpty()) {
        return false;
      }
      at = up.get();
    }
    return true;
  }

  private record AgentKey(String id, String name, String parent, boolean sub) {
    static AgentKey of(UnitValue unit) {
      return new AgentKey(
          unit.place().agentId(),
          unit.matter().agent(),
          unit.place().parentAgent(),
          unit.place().subAgent());
    }

    Kind kind() {
      return sub ? Kind.SUB_AGENT : Kind.AGENT;
    }
  }

  private static final class Node {
    private final Kind kind;
    private final String name;
    private final List<Node> children = new ArrayList<>();
    private final List<UnitValue> units = new ArrayList<>();

    Node(Kind kind, String name) {
      this.kind = kind;
      this.name = name;
    }

    AgentTree tree() {
      UsageSums.Money total = UsageSums.Money.ZERO;
      SortedMap<String, BigInteger> quantities = new TreeMap<>();
      for (UnitValue unit : units) {
        total =
            total.plus(
                new UsageSums.Money(
                    1,
                    BigInteger.valueOf(unit.worth().listNanos()),
                    BigInteger.valueOf(unit.worth().employerNanos())));
        for (Map.Entry<String, MeterCost> meter : unit.worth().meters().entrySet()) {
          quantities.merge(
              meter.getKey(), BigInteger.valueOf(meter.getValue().quantity()), BigInteger::add);
        }
      }
      List<AgentTree> below = new ArrayList<>();
      for (Node child : children) {
        AgentTree tree = child.tree();
        below.add(tree);
        total = total.plus(tree.total());
        tree.quantities()
            .forEach((meter, count) -> quantities.merge(meter, count, BigInteger::add));
      }
      return new AgentTree(kind, name, total, quantities, below);
    }
  }
}
