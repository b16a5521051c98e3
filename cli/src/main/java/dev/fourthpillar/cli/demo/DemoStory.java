package dev.fourthpillar.cli.demo;

import dev.fourthpillar.cli.suite.Suite;
import java.io.PrintWriter;
import java.util.List;

/** The story of {@code fp demo}, told on a running suite. */
public final class DemoStory {
  private static final List<Chapter> CHAPTERS =
      List.of(
          new PeopleChapter(),
          new BudgetsChapter(),
          new GateChapter(),
          new PricesChapter(),
          new GatewayChapter(),
          new UsageChapter(),
          new OpenUsageChapter(),
          new SettledChapter(),
          new RefusedChapter(),
          new PricedTwiceChapter(),
          new LedgerChapter(),
          new AgentsChapter(),
          new StatementsChapter(),
          new SubscriberChapter());

  /** How many steps the story has until everything is settled; the others only read. */
  static final int STEPS = 63;

  private DemoStory() {}

  /**
   * @return what it came to
   * @throws DemoException when something was not as the story has it
   */
  public static Findings tell(Suite suite, DemoOptions options, PrintWriter out) {
    Narrator narrator = new Narrator(out);
    try (Kills kills = new Kills(suite, options.kills(), narrator)) {
      Steps steps = new Steps(kills);
      Scene scene =
          new Scene(
              suite,
              new Api(suite, steps),
              narrator,
              new Await(narrator, steps),
              steps,
              options,
              Company.employees(options.calendar().firstDay()),
              Scene.Ids.of(options),
              new Findings());
      for (Chapter chapter : CHAPTERS) {
        narrator.chapter(chapter.title());
        chapter.play(scene);
      }
      kills.awaitBack();
      return scene.findings();
    }
  }
}
