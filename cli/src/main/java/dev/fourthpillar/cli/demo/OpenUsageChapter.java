package dev.fourthpillar.cli.demo;

import com.google.type.Money;
import dev.fourthpillar.cli.suite.SuiteService;
import dev.fourthpillar.cli.table.Table;
import dev.fourthpillar.type.v1.Identity;
import dev.fourthpillar.type.v1.IdentityKind;
import dev.fourthpillar.usage.v1.IdentityServiceGrpc;
import dev.fourthpillar.usage.v1.MapIdentityRequest;
import dev.fourthpillar.usage.v1.UsageDimension;
import dev.fourthpillar.usage.v1.UsageGroup;
import dev.fourthpillar.usage.v1.UsageState;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What has no price yet, and what is nobody's yet, is kept, and settles when that is known. */
final class OpenUsageChapter implements Chapter {
  /** The company's own model, which no public list has. */
  static final String PROVIDER = "acme";

  static final String MODEL = "nova-1";

  private static final String TRIAL = "trial";
  private static final String RELEASE = "release";

  /** At 0.50 and 2 per million: 200,000 × 0.50 + 10,000 × 2 = 120,000 millionths. */
  private static final Consumption ON_TRIAL = new Consumption(PROVIDER, MODEL, 200_000, 0, 10_000);

  /** At 1 and 5 per million: 30,000 × 1 + 4,000 × 5 = 50,000 millionths. */
  private static final Consumption ON_A_NEW_LAPTOP =
      new Consumption("anthropic", Workload.HAIKU, 30_000, 0, 4_000);

  @Override
  public String title() {
    return "Usage without a price, and usage of nobody: kept, seen, and settled later";
  }

  @Override
  public void play(Scene scene) {
    Identity laptop =
        Identity.newBuilder()
            .setKind(IdentityKind.IDENTITY_KIND_INSTALLATION)
            .setValue(scene.ids().of("laptop"))
            .build();
    Recorder recorder = new Recorder(scene);
    recorder.recordOf(Company.ADA, scene.ids().of(TRIAL), TRIAL, ON_TRIAL);
    recorder.recordOf(laptop, scene.ids().of(RELEASE), RELEASE, ON_A_NEW_LAPTOP);
    scene
        .narrator()
        .say("Ada tries the company's own model; somebody works on a laptop that nobody knows.");
    UsageTotals usage = new UsageTotals(scene);
    List<UsageGroup> open = await(scene, usage, Set.of(UsageState.USAGE_STATE_WAITING));
    scene.findings().open(open);
    show(scene, open);
    scene.narrator().say("");

    new CompanysBook(scene).addOwnModel();
    map(scene, laptop);
    scene.narrator().say("The model's price is activated, and the laptop turns out to be Noor's.");
    show(scene, await(scene, usage, UsageTotals.UNSETTLED));
  }

  /** Waits until neither of the calls is in one of these states. */
  private static List<UsageGroup> await(
      Scene scene, UsageTotals usage, Set<UsageState> transitory) {
    return scene
        .await()
        .until(
            "the two calls",
            () ->
                Optional.of(calls(usage))
                    .filter(
                        groups ->
                            groups.stream().noneMatch(g -> transitory.contains(g.getState()))),
            () -> calls(usage).toString());
  }

  private static List<UsageGroup> calls(UsageTotals usage) {
    return usage
        .by(
            UsageDimension.USAGE_DIMENSION_PROJECT,
            UsageDimension.USAGE_DIMENSION_MODEL,
            UsageDimension.USAGE_DIMENSION_ENGINEER,
            UsageDimension.USAGE_DIMENSION_STATE)
        .stream()
        .filter(group -> Set.of(TRIAL, RELEASE).contains(group.getProject()))
        .toList();
  }

  private static void map(Scene scene, Identity identity) {
    scene
        .api()
        .of(SuiteService.USAGE, IdentityServiceGrpc::newBlockingStub, scene.api().operator())
        .call(
            stub ->
                stub.mapIdentity(
                    MapIdentityRequest.newBuilder()
                        .setRequestId(scene.ids().of("map-laptop"))
                        .setIdentity(identity)
                        .setEngineer(Company.NOOR)
                        .build()));
  }

  private static void show(Scene scene, List<UsageGroup> calls) {
    Table table = new Table("project", "model", "whose", "state", ">at list", ">employer's cost");
    for (UsageGroup group : calls) {
      table.row(
          group.getProject(),
          group.getModel(),
          group.getEngineer().isEmpty() ? "nobody's" : group.getEngineer(),
          LedgerChapter.name(group.getState().name(), "USAGE_STATE_"),
          price(group, group.getListAmount()),
          price(group, group.getEmployerAmount()));
    }
    scene.narrator().show(table);
  }

  private static String price(UsageGroup group, Money amount) {
    return group.getState() == UsageState.USAGE_STATE_UNPRICED ? "–" : Monies.print(amount);
  }
}
