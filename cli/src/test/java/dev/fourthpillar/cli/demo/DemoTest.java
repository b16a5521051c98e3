package dev.fourthpillar.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.type.Money;
import dev.fourthpillar.cli.suite.Ports;
import dev.fourthpillar.cli.suite.Suite;
import dev.fourthpillar.cli.suite.SuiteListener;
import dev.fourthpillar.cli.suite.SuiteOptions;
import dev.fourthpillar.cli.suite.SuiteService;
import dev.fourthpillar.comp.v1.ComputeVersusSalary;
import dev.fourthpillar.comp.v1.Figure;
import dev.fourthpillar.comp.v1.Statement;
import dev.fourthpillar.testkit.Dose;
import dev.fourthpillar.usage.v1.UsageState;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The whole story on the whole suite, once as it is told and then with processes killed on the way.
 * The figures are worked out by hand: see {@link Company} for pay and rates, {@link Workload} for
 * what is consumed.
 */
@Tag("suite")
@TestInstance(Lifecycle.PER_CLASS)
final class DemoTest {
  private static final long STORY = 4_711;

  /** 3 points in the build and 30 in a soak, PostgreSQL at one of each three. */
  private static final int RUNS = Dose.of(1, 10);

  private static final int SERVICES_OF_A_RUN = 2;

  private static final int DIFFERENCES_SHOWN = 10;

  private final Calendar calendar = Calendar.endingNow(Instant.now());
  private final long seed = Dose.seed();
  @TempDir private static Path directory;
  private Findings undisturbed;
  private Map<String, String> expected;

  @BeforeAll
  void tellUndisturbed() {
    try (Suite suite = Suite.start(SuiteOptions.temporary(), SuiteListener.SILENT)) {
      undisturbed = tell(suite, List.of());
      expected = Digest.of(suite, calendar);
    }
  }

  @Test
  void theStoryGoesAsItIsTold() throws Exception {
    theFiguresAreTheStorys(undisturbed);
    assertThat(undisturbed.steps()).hasSize(DemoStory.STEPS);
    assertThat(expected)
        .containsEntry("balance of engineers/sven/SEK.settled SEK", "735000.000000000")
        .containsEntry("engineers/sven/SEK BOOK_CONSUMED", "735000.000000000");
  }

  LongStream seeds() {
    return LongStream.range(seed, seed + RUNS);
  }

  /** To replay a run, make its seed the first one: {@code -Dfourthpillar.seed=N}. */
  @ParameterizedTest
  @MethodSource("seeds")
  void nothingIsDifferentWhereProcessesWereKilled(
      long drawn, @TempDir(cleanup = CleanupMode.ON_SUCCESS) Path data) throws Exception {
    List<KillPoint> points = KillPoint.draw(drawn, victims(drawn), undisturbed.steps());
    System.out.printf(
        "seed %d kills, data in %s%n  %s%n",
        drawn, data, points.stream().map(KillPoint::toString).collect(Collectors.joining("\n  ")));
    List<SuiteService> died = new CopyOnWriteArrayList<>();
    SuiteListener listener =
        new SuiteListener() {
          @Override
          public void died(SuiteService service, int exitCode, Duration restartIn) {
            died.add(service);
          }
        };
    // Of a run that failed, data and logs stay.
    try (Suite suite = Suite.start(SuiteOptions.keptIn(data).on(Ports.free()), listener)) {
      Findings found = tell(suite, points);

      theFiguresAreTheStorys(found);
      assertThat(differences(Digest.of(suite, calendar))).isEmpty();
      assertThat(died).as("died without being killed").isEmpty();
    }
  }

  private static List<Victim> victims(long drawn) {
    List<Victim> services = new ArrayList<>(EnumSet.complementOf(EnumSet.of(Victim.POSTGRES)));
    Collections.shuffle(services, new SplittableRandom(drawn).split());
    List<Victim> victims = new ArrayList<>(services.subList(0, SERVICES_OF_A_RUN));
    victims.add(Victim.POSTGRES);
    return victims;
  }

  private Findings tell(Suite suite, List<KillPoint> kills) {
    Findings found =
        DemoStory.tell(
            suite,
            new DemoOptions(calendar, STORY, directory, kills),
            new PrintWriter(System.out, true, UTF_8));
    new Quiescence(suite).await();
    return found;
  }

  /** The first ones. */
  private List<String> differences(Map<String, String> actual) {
    return Stream.concat(expected.keySet().stream(), actual.keySet().stream())
        .distinct()
        .sorted()
        .filter(key -> !Objects.equals(actual.get(key), expected.get(key)))
        .limit(DIFFERENCES_SHOWN)
        .map(
            key ->
                "%s: %s (expected: %s, as without kills)"
                    .formatted(key, actual.get(key), expected.get(key)))
        .toList();
  }

  private static void theFiguresAreTheStorys(Findings found) throws Exception {
    refusalsNameTheirReason(found);
    whatHadNoPriceOrWasNobodysWasSeen(found);
    usageIsChargedOnceAndExactly(found);
    adaHasTheFourthComponent(found.statements().get(Company.ADA));
    graceHasHalfOfBaseAndHardlyUsesIt(found.statements().get(Company.GRACE));
    svenConsumesMoreThanHeEarns(found.statements().get(Company.SVEN));
    lenasTokensAreATool(found.statements().get(Company.LENA));
    noorsNightCostsWhatHerAgentsDid(found);
    everybodyHasAPage(found);
  }

  private static void refusalsNameTheirReason(Findings found) {
    assertThat(found.refusals())
        .containsExactly(
            Map.entry("a call of lena's before the gate was open", "COLLECTION_GATE_CLOSED"),
            Map.entry("a call of sven's for 6,000 USD", "BUDGET_INSUFFICIENT"));
  }

  private static void whatHadNoPriceOrWasNobodysWasSeen(Findings found) {
    assertThat(found.open())
        .containsOnly(
            Map.entry("trial", UsageState.USAGE_STATE_UNPRICED),
            Map.entry("release", UsageState.USAGE_STATE_UNATTRIBUTED));
  }

  /**
   * Ada's dollars: the gateway's call, 150,000 × 5 + 6,000 × 25 per million = 0.90, once although
   * her tool tells of it as well. Claude Code with claude-sonnet-4-5, at 3, cache read 0.30,
   * written for 5 minutes 3.75 and for an hour 6, output 15; both runs together: 6,111 × 3 +
   * 111,099 × 0.30 + 1,841 × 3.75 + 427 × 6 + 3,083 × 15 = 107,373.45 millionths. Codex with
   * gpt-5.4, at 2.50, 0.25 and 15: 1,101 × 2.50 + 21,009 × 0.25 + 598 × 15 = 16,974.75. Gemini CLI
   * with gemini-2.5-flash, at 0.30, 0.03 and 2.50: 5,010 × 0.30 + 90,090 × 0.03 + 2,740 × 2.50 =
   * 11,055.70. The company's own model, at 0.50 and 2: 200,000 × 0.50 + 10,000 × 2 = 120,000. 0.90
   * and 255,403.90 millionths.
   *
   * <p>Noor's: ten nights of 1,000, and Claude Code with a sub-agent: 3,606 × 3 + 66,054 × 0.30 +
   * 1,086 × 3.75 + 252 × 6 + 1,818 × 15 = 63,488.70 millionths, and the laptop's with
   * claude-haiku-4-5, at 1 and 5: 30,000 × 1 + 4,000 × 5 = 50,000.
   */
  private static void usageIsChargedOnceAndExactly(Findings found) {
    assertThat(found.usageAtList())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                Company.ADA, Monies.of("USD", "1.1554039"),
                Company.GRACE, Monies.of("USD", "5000"),
                Company.SVEN, Monies.of("USD", "70000"),
                Company.LENA, Monies.of("USD", "5250"),
                Company.NOOR, Monies.of("USD", "10000.1134887")));
    assertThat(found.balances().get(Company.SVEN).getSettled())
        .isEqualTo(Monies.of("SEK", "735000"));
    assertThat(found.balances().get(Company.LENA).getSettled()).isEqualTo(Monies.of("EUR", "4725"));
    assertThat(found.charged().get(Company.SVEN)).isEqualByComparingTo("735000");
  }

  /** 375,000 and 100,000: 100 of 475 is 21.05 %, 100 of 375 is 26.67 %. */
  private static void adaHasTheFourthComponent(Statement ada) {
    assertThat(amount(ada.getAnnualised().getClassicTc().getAmount())).isEqualTo("375000.00 USD");
    assertThat(amount(ada.getAnnualised().getHeadlineTc())).isEqualTo("475000.00 USD");
    assertThat(ada.getMetrics().getTokenSharePercent().getValue().getValue()).isEqualTo("21.05");
    assertThat(ada.getMetrics().getTokenRatioPercent().getValue().getValue()).isEqualTo("26.67");
  }

  /** 5,000 of an expected 250,000; the employer pays 40 percent less for them. */
  private static void graceHasHalfOfBaseAndHardlyUsesIt(Statement grace) {
    assertThat(amount(grace.getLenses().getFace())).isEqualTo("250000.00 USD");
    assertThat(amount(grace.getLenses().getConsumed())).isEqualTo("5000.00 USD");
    assertThat(amount(grace.getLenses().getEmployerCost())).isEqualTo("3000.00 USD");
    assertThat(amount(grace.getMetrics().getShortfall())).isEqualTo("245000.00 USD");
    assertThat(grace.getMetrics().getConsumedRatioPercent().getValue().getValue())
        .isEqualTo("1.00");
    assertThat(grace.getMetrics().getTokenSharePercent().getValue().getValue()).isEqualTo("33.33");
    assertThat(grace.getMetrics().getOutputMultiplierAtFace().getValue().getValue())
        .isEqualTo("1.5000");
  }

  /**
   * 70,000 USD are 735,000 SEK, of a base of 720,000: 102.08 %. 787,500 of 1,507,500 are 52.24 %.
   */
  private static void svenConsumesMoreThanHeEarns(Statement sven) {
    assertThat(amount(sven.getLenses().getConsumed())).isEqualTo("735000.00 SEK");
    assertThat(sven.getMetrics().getConsumedRatioPercent().getValue().getValue())
        .isEqualTo("102.08");
    assertThat(sven.getMetrics().getTokenSharePercent().getValue().getValue()).isEqualTo("52.24");
    assertThat(sven.getComputeVersusSalary())
        .isEqualTo(ComputeVersusSalary.COMPUTE_VERSUS_SALARY_EXCEEDS);
  }

  /** 5,250 USD are 4,725 EUR; worth nothing in private, and nothing after an exit. */
  private static void lenasTokensAreATool(Statement lena) {
    assertThat(amount(lena.getLenses().getConsumed())).isEqualTo("4725.00 EUR");
    assertThat(amount(lena.getLenses().getEmployerCost())).isEqualTo("2835.00 EUR");
    assertThat(amount(lena.getLenses().getRealizable())).isEqualTo("0.00 EUR");
    assertThat(amount(lena.getLenses().getPortable())).isEqualTo("0.00 EUR");
    assertThat(lena.getComputeVersusSalary())
        .isEqualTo(ComputeVersusSalary.COMPUTE_VERSUS_SALARY_BELOW);
  }

  private static void noorsNightCostsWhatHerAgentsDid(Findings found) {
    assertThat(found.night().getListAmount()).isEqualTo(Monies.of("USD", "1000"));
    assertThat(found.night().getEmployerAmount()).isEqualTo(Monies.of("USD", "600"));
  }

  private static void everybodyHasAPage(Findings found) throws Exception {
    assertThat(found.pages()).hasSize(5);
    for (Path page : found.pages().values()) {
      assertThat(Files.readString(page)).contains("class=\"bars\"").contains("CONSUMED");
    }
  }

  private static String amount(Figure figure) {
    return amount(figure.getLine().getAmount());
  }

  private static String amount(Money money) {
    return Monies.exact(money).setScale(2).toPlainString() + " " + money.getCurrencyCode();
  }
}
