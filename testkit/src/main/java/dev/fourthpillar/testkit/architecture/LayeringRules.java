package dev.fourthpillar.testkit.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The layering of one module, by the package it lives in. A module states its exceptions one by
 * one, each with a reason; an exception for a class that is not there fails the check.
 *
 * <pre>{@code
 * LayeringRules.of("dev.fourthpillar.usage")
 *     .except(NOTHING_FLOATS, "dev.fourthpillar.usage.Sketch", "a sketch estimates")
 *     .check();
 * }</pre>
 */
public final class LayeringRules {

  private static final Set<String> SERVICES = Set.of("budget", "usage", "comp");

  private static final DescribedPredicate<JavaClass> GENERATED =
      resideInAPackage("dev.fourthpillar..v1..");

  private static final DescribedPredicate<JavaClass> WIRE_TYPE =
      GENERATED.or(resideInAnyPackage("com.google.protobuf..", "io.grpc.."));

  private static final DescribedPredicate<JavaClass> EDGE =
      named("Endpoint", "Mapper", "Interceptor", "Codec", "Consumer")
          .or(resideInAnyPackage("..edge..", "..feed.transport.."));

  private static final DescribedPredicate<JavaClass> STORAGE =
      named("Repository", "Store", "Log", "Module", "Factory").or(resideInAPackage("..feed.."));

  private final String root;
  private final List<LayeringException> exceptions;

  private LayeringRules(String root, List<LayeringException> exceptions) {
    this.root = root;
    this.exceptions = exceptions;
  }

  /**
   * @param rootPackage of one module, for example {@code dev.fourthpillar.usage}
   */
  public static LayeringRules of(String rootPackage) {
    if (!rootPackage.matches("[a-z][a-z0-9]*(\\.[a-z][a-z0-9]*)+")) {
      throw new IllegalArgumentException(
          "rootPackage: \"%s\" (expected: like dev.fourthpillar.usage)".formatted(rootPackage));
    }
    return new LayeringRules(rootPackage, List.of());
  }

  /** Lets one class, with all it encloses, break one rule. */
  public LayeringRules except(LayeringRule rule, String className, String because) {
    LayeringException exception = new LayeringException(rule, className, because);
    return new LayeringRules(
        root, Stream.concat(exceptions.stream(), Stream.of(exception)).toList());
  }

  /** Checks every rule on the module's own classes, tests left out. */
  public void check() {
    check(
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            // Micronaut's bean definitions repeat what the classes they are made from do.
            .withImportOption(location -> !location.contains("/$"))
            .importPackages(root));
  }

  void check(JavaClasses imported) {
    if (imported.isEmpty()) {
      throw new AssertionError("no classes below " + root + " (expected: the module's)");
    }
    for (LayeringException exception : exceptions) {
      if (imported.stream().noneMatch(exception::covers)) {
        throw new AssertionError("nothing to except (expected: gone with its class): " + exception);
      }
    }
    all().forEach(rule -> rule.check(imported));
  }

  public List<ArchRule> all() {
    return Arrays.stream(LayeringRule.values()).map(this::rule).toList();
  }

  public ArchRule rule(LayeringRule rule) {
    return switch (rule) {
      case WIRE_TYPES_STOP_AT_THE_EDGE -> wireTypes();
      case SQL_STAYS_IN_REPOSITORIES -> sql();
      case SERVICES_MEET_IN_THE_CONTRACT -> services();
      case FEATURES_HAVE_NO_CYCLES -> cycles();
      case NOTHING_FLOATS -> floats();
      case ONE_LOGGING_API -> logging();
      case OUTPUT_GOES_TO_THE_LOG -> output();
      case INJECTION_BY_CONSTRUCTOR -> injection();
    };
  }

  private ArchRule wireTypes() {
    return noClasses()
        .that(subjectTo(LayeringRule.WIRE_TYPES_STOP_AT_THE_EDGE).and(not(EDGE)))
        .should()
        .dependOnClassesThat(WIRE_TYPE)
        .because("the wire format may change without the domain, and the domain without the wire")
        .allowEmptyShould(true);
  }

  private ArchRule sql() {
    DescribedPredicate<JavaClass> elsewhere =
        subjectTo(LayeringRule.SQL_STAYS_IN_REPOSITORIES).and(not(STORAGE));
    ArchRule jdbc =
        noClasses()
            .that(elsewhere)
            .should()
            .dependOnClassesThat(resideInAnyPackage("java.sql..", "javax.sql.."))
            .allowEmptyShould(true);
    // A service decides where a transaction begins and ends, and leaves the SQL to repositories. A
    // consumer is given the transaction of the feed's cursor, and hands it on.
    ArchRule jdbi =
        noClasses()
            .that(elsewhere.and(not(named("Service", "Consumer"))))
            .should()
            .dependOnClassesThat(resideInAPackage("org.jdbi.."))
            .allowEmptyShould(true);
    return CompositeArchRule.of(jdbc)
        .and(jdbi)
        .because("decisions are pure functions; what is stored, and how, is the repository's");
  }

  private ArchRule services() {
    int dot = root.lastIndexOf('.');
    String family = root.substring(0, dot);
    String[] others =
        SERVICES.stream()
            .filter(service -> !service.equals(root.substring(dot + 1)))
            .map(service -> family + "." + service + "..")
            .sorted()
            .toArray(String[]::new);
    return noClasses()
        .that(subjectTo(LayeringRule.SERVICES_MEET_IN_THE_CONTRACT))
        .should()
        .dependOnClassesThat(resideInAnyPackage(others).and(not(GENERATED)))
        .because("a service is deployed and versioned alone; the contract is what both keep")
        .allowEmptyShould(true);
  }

  private ArchRule cycles() {
    return slices()
        .matching(root + ".(*)..")
        .should()
        .beFreeOfCycles()
        .ignoreDependency(excepted(LayeringRule.FEATURES_HAVE_NO_CYCLES), alwaysTrue())
        .because("features in a cycle are one feature that nobody can read in parts")
        .allowEmptyShould(true);
  }

  private ArchRule floats() {
    return classes()
        .that(subjectTo(LayeringRule.NOTHING_FLOATS))
        .should(FloatingPoint.BE_ABSENT)
        .because("money and tokens are counted, and binary fractions do not count")
        .allowEmptyShould(true);
  }

  private ArchRule logging() {
    return noClasses()
        .that(subjectTo(LayeringRule.ONE_LOGGING_API))
        .should()
        .dependOnClassesThat(resideInAPackage("java.util.logging.."))
        .because("one logging API means one place to set levels and formats")
        .allowEmptyShould(true);
  }

  private ArchRule output() {
    return noClasses()
        .that(
            subjectTo(LayeringRule.OUTPUT_GOES_TO_THE_LOG)
                .and(not(resideInAnyPackage("..cli..", "..benchmarks.."))))
        .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS)
        .because("what a server prints has no level, no time and no reader")
        .allowEmptyShould(true);
  }

  private ArchRule injection() {
    return noFields()
        .that(ownedBy(subjectTo(LayeringRule.INJECTION_BY_CONSTRUCTOR)))
        .should(GeneralCodingRules.BE_ANNOTATED_WITH_AN_INJECTION_ANNOTATION)
        .because("a constructor shows what a class needs, and leaves nothing half made")
        .allowEmptyShould(true);
  }

  private DescribedPredicate<JavaClass> subjectTo(LayeringRule rule) {
    return resideInAPackage(root + "..").and(not(GENERATED)).and(not(excepted(rule)));
  }

  private DescribedPredicate<JavaClass> excepted(LayeringRule rule) {
    List<LayeringException> mine =
        exceptions.stream().filter(exception -> exception.rule() == rule).toList();
    return describe("excepted " + mine, type -> mine.stream().anyMatch(e -> e.covers(type)));
  }

  private static DescribedPredicate<JavaMember> ownedBy(DescribedPredicate<JavaClass> owner) {
    return describe(
        "of classes that " + owner.getDescription(), member -> owner.test(member.getOwner()));
  }

  /** By the outermost class: a nested type belongs to the layer it is written in. */
  private static DescribedPredicate<JavaClass> named(String... endings) {
    return describe(
        "named *" + String.join(", *", endings),
        type -> {
          JavaClass outermost = type;
          while (outermost.getEnclosingClass().isPresent()) {
            outermost = outermost.getEnclosingClass().get();
          }
          String name = outermost.getSimpleName();
          return Arrays.stream(endings).anyMatch(name::endsWith);
        });
  }
}
