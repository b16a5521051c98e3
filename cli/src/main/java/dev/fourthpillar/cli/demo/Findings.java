package dev.fourthpillar.cli.demo;

import com.google.type.Money;
import dev.fourthpillar.budget.v1.AccountBalance;
import dev.fourthpillar.comp.v1.Statement;
import dev.fourthpillar.usage.v1.AgentNode;
import dev.fourthpillar.usage.v1.UsageGroup;
import dev.fourthpillar.usage.v1.UsageState;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the story came to: for whoever tells it, to look closer. */
public final class Findings {
  private final Map<String, AccountBalance> balances = new TreeMap<>();
  private final Map<String, Statement> statements = new TreeMap<>();
  private final Map<String, Path> pages = new TreeMap<>();
  private final Map<String, Money> usageAtList = new TreeMap<>();
  private final Map<String, BigDecimal> charged = new TreeMap<>();
  private final Map<String, String> refusals = new LinkedHashMap<>();
  private final Map<String, UsageState> open = new TreeMap<>();
  private @Nullable AgentNode night;
  private List<Duration> steps = List.of();

  void balance(String engineer, AccountBalance balance) {
    balances.put(engineer, balance);
  }

  void statement(String engineer, Statement statement, Path page) {
    statements.put(engineer, statement);
    pages.put(engineer, page);
  }

  void usage(String engineer, Money atList) {
    usageAtList.put(engineer, atList);
  }

  void charged(Map<String, BigDecimal> byEngineer) {
    charged.putAll(byEngineer);
  }

  void refused(String what, String reason) {
    refusals.put(what, reason);
  }

  void open(List<UsageGroup> calls) {
    calls.forEach(call -> open.put(call.getProject(), call.getState()));
  }

  void night(AgentNode tree) {
    night = tree;
  }

  void steps(List<Duration> lengths) {
    steps = List.copyOf(lengths);
  }

  /** How long each step of the story took, in its order, until everything had settled. */
  public List<Duration> steps() {
    return steps;
  }

  /** Each account once everything has settled. */
  public Map<String, AccountBalance> balances() {
    return Map.copyOf(balances);
  }

  public Map<String, Statement> statements() {
    return Map.copyOf(statements);
  }

  /** The statements as pages. */
  public Map<String, Path> pages() {
    return Map.copyOf(pages);
  }

  /** What usage-service has settled, in the price book's currency. */
  public Map<String, Money> usageAtList() {
    return Map.copyOf(usageAtList);
  }

  /** What an outside subscriber has added up, in each account's currency. */
  public Map<String, BigDecimal> charged() {
    return Map.copyOf(charged);
  }

  /** What was refused, and the reason. */
  public List<Map.Entry<String, String>> refusals() {
    return List.copyOf(refusals.entrySet());
  }

  /** How the calls stood, by project, that had no price or were nobody's. */
  public Map<String, UsageState> open() {
    return Map.copyOf(open);
  }

  /** The agent tree of Noor's first night. */
  public AgentNode night() {
    if (night == null) {
      throw new IllegalStateException("the story has not come to the agents");
    }
    return night;
  }
}
