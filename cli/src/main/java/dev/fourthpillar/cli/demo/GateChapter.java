package dev.fourthpillar.cli.demo;

import com.google.type.Money;
import dev.fourthpillar.backbone.edge.time.DateMapper;
import dev.fourthpillar.backbone.edge.time.TimestampMapper;
import dev.fourthpillar.budget.v1.Hold;
import dev.fourthpillar.cli.refusal.Refusal;
import dev.fourthpillar.cli.suite.SuiteService;
import dev.fourthpillar.events.v1.CollectionGateState;
import dev.fourthpillar.usage.v1.DocumentReference;
import dev.fourthpillar.usage.v1.PrivacyServiceGrpc;
import dev.fourthpillar.usage.v1.SetCollectionGateRequest;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** In Germany and Sweden nobody is metered before it is recorded why that is allowed. */
final class GateChapter implements Chapter {
  private static final String CLOSED = "COLLECTION_GATE_CLOSED";
  private static final Money ONE_EURO = Monies.of("EUR", "1");
  private static final Duration BEFORE_THE_STORY = Duration.ofDays(1);

  @Override
  public String title() {
    return "The collection gate: no person is metered before it is open";
  }

  @Override
  public void play(Scene scene) {
    Gateway gateway = new Gateway(scene.api());
    Refusal refusal =
        Refusals.expect(
            CLOSED, () -> gateway.reserve(scene.ids().of("gate-closed"), Company.LENA, ONE_EURO));
    scene.findings().refused("a call of lena's before the gate was open", refusal.reason());
    scene.narrator().say("A call of lena's is refused: " + refusal.reason());
    scene.narrator().say("  " + refusal.message());

    Instant since = scene.calendar().start().minus(BEFORE_THE_STORY);
    for (String country : List.of("DE", "SE")) {
      open(scene, country, since);
    }
    scene
        .narrator()
        .say(
            "The impact assessments and the works-council agreement are recorded; open since %s."
                .formatted(since));

    Hold hold =
        scene
            .await()
            .until(
                "budget-service to hear of it",
                new Attempts(gateway, scene.ids())::next,
                () -> CLOSED);
    gateway.release(hold.getHoldId(), Company.LENA);
    scene.narrator().say("The same call is admitted now; its hold is released again.");
  }

  private static void open(Scene scene, String country, Instant since) {
    DocumentReference document =
        DocumentReference.newBuilder()
            .setReference("dms/" + country + "/token-metering")
            .setDate(DateMapper.toProto(LocalDate.ofInstant(since, ZoneOffset.UTC)))
            .build();
    scene
        .api()
        .of(SuiteService.USAGE, PrivacyServiceGrpc::newBlockingStub, scene.api().hr())
        .call(
            stub ->
                stub.setCollectionGate(
                    SetCollectionGateRequest.newBuilder()
                        .setRequestId(scene.ids().of("gate-" + country))
                        .setCountry(country)
                        .setState(CollectionGateState.COLLECTION_GATE_STATE_OPEN)
                        .setSince(TimestampMapper.toProto(since))
                        .setImpactAssessment(document)
                        .setWorksCouncilAgreement(document)
                        .build()));
  }

  /** A refusal is frozen with its hold id, so that each attempt is another hold. */
  private static final class Attempts {
    private final Gateway gateway;
    private final Scene.Ids ids;
    private int attempt;

    Attempts(Gateway gateway, Scene.Ids ids) {
      this.gateway = gateway;
      this.ids = ids;
    }

    Optional<Hold> next() {
      attempt++;
      try {
        return Optional.of(gateway.reserve(ids.of("gate-open-" + attempt), Company.LENA, ONE_EURO));
      } catch (StatusRuntimeException e) {
        if (Refusal.of(e).reason().equals(CLOSED)) {
          return Optional.empty();
        }
        throw e;
      }
    }
  }
}
