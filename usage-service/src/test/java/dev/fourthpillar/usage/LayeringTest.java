package dev.fourthpillar.usage;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static dev.fourthpillar.testkit.architecture.LayeringRule.NOTHING_FLOATS;
import static dev.fourthpillar.testkit.architecture.LayeringRule.SQL_STAYS_IN_REPOSITORIES;
import static dev.fourthpillar.testkit.architecture.LayeringRule.WIRE_TYPES_STOP_AT_THE_EDGE;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.fourthpillar.testkit.architecture.LayeringRules;
import org.junit.jupiter.api.Test;

/**
 * Layered as every service; and what tells telemetry from evidence and evidence from units is pure,
 * so that the same bytes always mean the same.
 */
@AnalyzeClasses(
    packages = "dev.fourthpillar.usage",
    importOptions = ImportOption.DoNotIncludeTests.class)
class LayeringTest {

  private static final String THE_DOOR = "OTLP is protobuf, and this package is where it ends";

  @Test
  void theUsageServiceIsLayered() {
    LayeringRules rules = LayeringRules.of("dev.fourthpillar.usage");
    for (String door :
        new String[] {
          "otlp.OtlpDecoder",
          "otlp.OtlpIds",
          "otlp.BoundedGunzip",
          "otlp.TelemetryReader",
          "otlp.OtlpJson",
          "otlp.SeriesIds",
          "replay.Retiming"
        }) {
      rules = rules.except(WIRE_TYPES_STOP_AT_THE_EDGE, "dev.fourthpillar.usage." + door, THE_DOOR);
    }
    rules
        .except(
            SQL_STAYS_IN_REPOSITORIES,
            "dev.fourthpillar.usage.settle.Valuation",
            "it joins the transaction of the intake")
        .except(
            SQL_STAYS_IN_REPOSITORIES,
            "dev.fourthpillar.usage.intake.Intake",
            "it joins its caller's transaction: several doors, one way in")
        .except(
            SQL_STAYS_IN_REPOSITORIES,
            "dev.fourthpillar.usage.store.EvidenceCodec",
            "it reads the rows of two repositories")
        .except(
            SQL_STAYS_IN_REPOSITORIES,
            "dev.fourthpillar.usage.settle.ValueCodec",
            "it reads the rows of three repositories")
        .except(
            NOTHING_FLOATS,
            "dev.fourthpillar.usage.telemetry.AttributeValue",
            "tools send doubles; here they become exact decimals")
        .check();
  }

  @ArchTest
  static final ArchRule meaningIsPure =
      noClasses()
          .that()
          .resideInAnyPackage("..usage.telemetry..", "..normalise..", "..evidence..", "..unit..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.opentelemetry..",
              "com.google.protobuf..",
              "io.grpc..",
              "io.micronaut..",
              "java.sql..",
              "org.jdbi..",
              "..usage.otlp..",
              "..usage.replay..");

  @ArchTest
  static final ArchRule evidenceKnowsNoNormaliser =
      noClasses()
          .that()
          .resideInAnyPackage("..evidence..", "..unit..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..normalise..");

  @ArchTest
  static final ArchRule timeIsPassedIn =
      noClasses()
          .should()
          .callMethod(java.time.Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis")
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(java.time.Clock.class);
}
