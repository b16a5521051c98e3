package dev.fourthpillar.cli.demo;

import dev.fourthpillar.budget.v1.CallEstimate;
import dev.fourthpillar.budget.v1.CallReport;
import dev.fourthpillar.budget.v1.Hold;
import dev.fourthpillar.budget.v1.SettleResponse;

/**
 * Ada's call goes through the gateway. Its own report by the tool comes later, and costs nothing.
 */
final class GatewayChapter implements Chapter {
  /** The provider's id of the call, which gateway and tool both know. */
  static final String CALL = "call";

  static final long INPUT = 150_000;
  static final long OUTPUT = 6_000;

  private static final long ESTIMATED_INPUT = 200_000;
  private static final long MAX_OUTPUT = 16_000;

  @Override
  public String title() {
    return "A call is reserved before it is made, and settled with what it was (budget-service)";
  }

  @Override
  public void play(Scene scene) {
    Gateway gateway = new Gateway(scene.api());
    CallEstimate estimate =
        CallEstimate.newBuilder()
            .setProvider("anthropic")
            .setModel(Workload.OPUS)
            .addQuantities(Gateway.tokens("input", ESTIMATED_INPUT))
            .setMaxOutputTokens(MAX_OUTPUT)
            .build();
    scene
        .await()
        .until(
            "budget-service to hear of the company's prices",
            () ->
                gateway
                    .pricedBy(Company.ADA, estimate)
                    .filter(book -> CompanysBook.is(book, scene)),
            () -> gateway.pricedBy(Company.ADA, estimate).orElse("no price"));
    Hold hold = gateway.reserve(scene.ids().of("hold"), Company.ADA, estimate);
    scene
        .narrator()
        .say(
            "%s may read %,d tokens and write %,d: %s are held of %s."
                .formatted(
                    Workload.OPUS,
                    ESTIMATED_INPUT,
                    MAX_OUTPUT,
                    Monies.print(hold.getHeldAmount()),
                    hold.getAccount()));
    SettleResponse settled =
        gateway.settle(
            hold.getHoldId(),
            Company.ADA,
            CallReport.newBuilder()
                .setProvider("anthropic")
                .setModel(Workload.OPUS)
                .addIds(scene.ids().of(CALL))
                .addQuantities(Gateway.tokens("input", INPUT))
                .addQuantities(Gateway.tokens("output", OUTPUT))
                .build());
    scene
        .narrator()
        .say(
            "It read %,d and wrote %,d: %s are booked, the rest is free again."
                .formatted(INPUT, OUTPUT, Monies.print(settled.getBookedAmount())));
  }
}
