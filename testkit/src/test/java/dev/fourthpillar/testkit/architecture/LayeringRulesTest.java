package dev.fourthpillar.testkit.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.EvaluationResult;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each rule finds exactly the fixtures that break it; the others next to them are its limits. */
class LayeringRulesTest {

  private static final String ROOT = "dev.fourthpillar.fixture.usage";
  private static final JavaClasses FIXTURES =
      new ClassFileImporter().importPackages("dev.fourthpillar.fixture");
  private static final LayeringRules RULES = LayeringRules.of(ROOT);

  static Stream<Arguments> offenders() {
    return Stream.of(
        arguments(
            LayeringRule.WIRE_TYPES_STOP_AT_THE_EDGE,
            Set.of("GeneratedInDomain", "ProtobufInDomain", "GrpcInService")),
        arguments(
            LayeringRule.SQL_STAYS_IN_REPOSITORIES,
            Set.of("JdbcInDomain", "DataSourceInEndpoint", "JdbiInDomain", "JdbcService")),
        arguments(LayeringRule.SERVICES_MEET_IN_THE_CONTRACT, Set.of("NeighbourInside")),
        arguments(LayeringRule.FEATURES_HAVE_NO_CYCLES, Set.of("left.Left", "right.Right")),
        arguments(
            LayeringRule.NOTHING_FLOATS, Set.of("DoubleField", "FloatParameter", "DoubleResult")),
        arguments(LayeringRule.ONE_LOGGING_API, Set.of("UtilLogging")),
        arguments(LayeringRule.OUTPUT_GOES_TO_THE_LOG, Set.of("Printing")),
        arguments(LayeringRule.INJECTION_BY_CONSTRUCTOR, Set.of("FieldInjected")));
  }

  @ParameterizedTest
  @MethodSource("offenders")
  void ruleFindsItsOffendersAndNobodyElse(LayeringRule rule, Set<String> expected) {
    assertThat(found(RULES.rule(rule))).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("offenders")
  void exceptionExcusesOneClassFromOneRule(LayeringRule rule, Set<String> expected) {
    LayeringRules excused = RULES;
    for (String offender : expected) {
      excused = excused.except(rule, ROOT + "." + offender, "it is a fixture");
    }
    assertThat(found(excused.rule(rule))).isEmpty();
    for (LayeringRule other : LayeringRule.values()) {
      if (other != rule) {
        assertThat(found(excused.rule(other))).isEqualTo(found(RULES.rule(other)));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyRuleSaysWhy(LayeringRule rule) {
    assertThat(RULES.rule(rule).getDescription()).contains(", because ");
  }

  @Test
  void checkFailsOnOffendersAndPassesThisModule() {
    assertThatThrownBy(() -> RULES.check(FIXTURES)).isInstanceOf(AssertionError.class);
    LayeringRules.of("dev.fourthpillar.localdb")
        .except(
            LayeringRule.SQL_STAYS_IN_REPOSITORIES,
            "dev.fourthpillar.localdb.LocalPostgres",
            "a database server is what it is about")
        .except(
            LayeringRule.SQL_STAYS_IN_REPOSITORIES,
            "dev.fourthpillar.localdb.DatabaseCatalogue",
            "the server's catalogue is its storage")
        .except(
            LayeringRule.SQL_STAYS_IN_REPOSITORIES,
            "dev.fourthpillar.localdb.LocalDatabase",
            "it hands out the data source")
        .check();
  }

  @Test
  void exceptionForMissingClassFails() {
    assertThatThrownBy(
            () ->
                RULES
                    .except(LayeringRule.NOTHING_FLOATS, ROOT + ".Gone", "it was here")
                    .check(FIXTURES))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("nothing to except");
  }

  @Test
  void emptyModuleFails() {
    assertThatThrownBy(() -> LayeringRules.of("dev.fourthpillar.nowhere").check())
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("no classes below dev.fourthpillar.nowhere");
  }

  @Test
  void exceptionNeedsReasonAndClass() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RULES.except(LayeringRule.NOTHING_FLOATS, ROOT + ".X", " "))
        .withMessageStartingWith("because: blank");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RULES.except(LayeringRule.NOTHING_FLOATS, "", "why"))
        .withMessageStartingWith("className: blank");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "usage", "dev.fourthpillar..", "dev.Fourth"})
  void rootPackageIsChecked(String root) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LayeringRules.of(root))
        .withMessageStartingWith("rootPackage: ");
  }

  /** The classes that a rule's report names as origins, relative to the root. */
  private static Set<String> found(ArchRule rule) {
    EvaluationResult result = rule.evaluate(FIXTURES);
    Pattern origin =
        Pattern.compile(
            "(?:^|\\n|- )\\s*(?:Class|Record|Field|Method|Constructor)? ?<"
                + Pattern.quote(ROOT)
                + "\\.([a-z.]*[A-Z]\\w*)");
    Set<String> names = new TreeSet<>();
    for (String detail : result.getFailureReport().getDetails()) {
      origin.matcher(detail).results().forEach(match -> names.add(match.group(1)));
    }
    return names;
  }
}
