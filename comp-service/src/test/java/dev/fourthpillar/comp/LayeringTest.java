package dev.fourthpillar.comp;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.fourthpillar.testkit.architecture.LayeringRule;
import dev.fourthpillar.testkit.architecture.LayeringRules;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The domain is pure: what it knows was passed in, and what it answers is exact. */
@AnalyzeClasses(
    packages = "dev.fourthpillar.comp",
    importOptions = ImportOption.DoNotIncludeTests.class)
final class LayeringTest {

  private static final String[] DOMAIN = {
    "..comp.calendar..",
    "..comp.employer..",
    "..comp.entitle..",
    "..comp.explain..",
    "..comp.failure..",
    "..comp.fx..",
    "..comp.html..",
    "..comp.lens..",
    "..comp.line..",
    "..comp.money..",
    "..comp.pack..",
    "..comp.proration..",
    "..comp.statement..",
    "..comp.terms..",
    "..comp.token..",
    "..comp.vest..",
  };

  @Test
  void theCompServiceIsLayered() {
    LayeringRules.of("dev.fourthpillar.comp")
        .except(
            LayeringRule.NOTHING_FLOATS,
            "dev.fourthpillar.comp.option.BlackScholes",
            "logarithms and the normal distribution; its answer is a rounded decimal")
        .check();
  }

  @ArchTest
  static final ArchRule domainKnowsNeitherWireNorStoreNorFramework =
      noClasses()
          .that()
          .resideInAnyPackage(DOMAIN)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "com.google.protobuf..",
              "io.grpc..",
              "io.micronaut..",
              "java.sql..",
              "javax.sql..",
              "org.jdbi..");

  @ArchTest
  static final ArchRule domainReadsNoClock =
      noClasses()
          .that()
          .resideInAnyPackage(DOMAIN)
          .should()
          .callMethodWhere(
              DescribedPredicate.describe(
                  "now()", call -> call.getTarget().getName().equals("now")));

  // A floating point number has to come from or go to somewhere: every call and every signature.
  private static final DescribedPredicate<JavaClass> BINARY_FLOATING_POINT =
      DescribedPredicate.describe(
          "binary floating point",
          type ->
              Set.of("double", "float", "java.lang.Double", "java.lang.Float")
                  .contains(type.getBaseComponentType().getName()));

  @ArchTest
  static final ArchRule domainCallsNothingWithBinaryFloatingPoint =
      noClasses()
          .that()
          .resideInAnyPackage(DOMAIN)
          .should()
          .callCodeUnitWhere(
              DescribedPredicate.describe(
                  "binary floating point in its signature",
                  call ->
                      BINARY_FLOATING_POINT.test(call.getTarget().getRawReturnType())
                          || call.getTarget().getRawParameterTypes().stream()
                              .anyMatch(BINARY_FLOATING_POINT)));

  @ArchTest
  static final ArchRule domainDeclaresNoBinaryFloatingPoint =
      noFields()
          .that()
          .areDeclaredInClassesThat()
          .resideInAnyPackage(DOMAIN)
          .should()
          .haveRawType(BINARY_FLOATING_POINT);

  @ArchTest
  static final ArchRule featuresFormNoCycle =
      slices().matching("dev.fourthpillar.comp.(*)..").should().beFreeOfCycles();
}
