package dev.fourthpillar.comp;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The domain is pure: what it knows was passed in, and what it answers is exact. */
@AnalyzeClasses(
    packages = "dev.fourthpillar.comp",
    importOptions = ImportOption.DoNotIncludeTests.class)
final class LayeringTest {

  private static final String[] DOMAIN = {
    "..comp.calendar..",
    "..comp.explain..",
    "..comp.failure..",
    "..comp.fx..",
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

  @ArchTest
  static final ArchRule domainHasNoBinaryFloatingPoint =
      noClasses()
          .that()
          .resideInAnyPackage(DOMAIN)
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("double")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("float")
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Double.class)
          .orShould()
          .dependOnClassesThat()
          .areAssignableTo(Float.class);

  @ArchTest
  static final ArchRule featuresFormNoCycle =
      slices().matching("dev.fourthpillar.comp.(*)..").should().beFreeOfCycles();
}
