package dev.fourthpillar.usage;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/**
 * Wire types stop at the door; what lies behind it knows telemetry, evidence and units, and no
 * clock.
 */
@AnalyzeClasses(
    packages = "dev.fourthpillar.usage",
    importOptions = ImportOption.DoNotIncludeTests.class)
class LayeringTest {

  @ArchTest
  static final ArchRule domainKnowsNoWire =
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
