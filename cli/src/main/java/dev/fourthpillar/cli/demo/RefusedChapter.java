package dev.fourthpillar.cli.demo;

import com.google.type.Money;
import dev.fourthpillar.cli.refusal.Refusal;

/** Nothing is admitted that a budget cannot pay. */
final class RefusedChapter implements Chapter {
  /** At 10.50 that is 63,000 SEK; 52,500 of 787,500 are left. */
  private static final Money TOO_MUCH = Monies.of("USD", "6000");

  @Override
  public String title() {
    return "A call that the budget cannot pay is refused, with its reason";
  }

  @Override
  public void play(Scene scene) {
    Refusal refusal =
        Refusals.expect(
            "BUDGET_INSUFFICIENT",
            () ->
                new Gateway(scene.api())
                    .reserve(scene.ids().of("too-much"), Company.SVEN, TOO_MUCH));
    scene.findings().refused("a call of sven's for 6,000 USD", refusal.reason());
    scene.narrator().say(refusal.reason() + ": " + refusal.message());
    refusal
        .metadata()
        .forEach((key, value) -> scene.narrator().say("  %s = %s".formatted(key, value)));
  }
}
