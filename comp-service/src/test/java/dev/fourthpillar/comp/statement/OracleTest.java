package dev.fourthpillar.comp.statement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.comp.line.Figure;
import dev.fourthpillar.comp.money.Money;
import dev.fourthpillar.comp.money.Ratio;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Two independent calculators agree on every line of random packages. */
final class OracleTest {

  @Provide
  Arbitrary<RandomPackages.Case> cases() {
    return RandomPackages.cases();
  }

  @Property
  void everyLineOfEveryViewAgrees(@ForAll("cases") RandomPackages.Case given) {
    var oracle = new Oracle(given.input());
    var statement = StatementCalculator.calculate(given.input());
    agrees("annualised", statement.annualised(), oracle.annualised());
    for (int n = 1; n <= statement.years().size(); n++) {
      agrees("year." + n, statement.years().get(n - 1), oracle.year(n));
    }
    agrees("ntm", statement.next12Months(), oracle.next12Months());
  }

  @Property
  void everyLensAgrees(@ForAll("cases") RandomPackages.Case given) {
    Assume.that(given.input().pack().tokens().isPresent());
    var expected = new Oracle(given.input()).lenses();
    var statement = StatementCalculator.calculate(given.input());
    var lenses = statement.lenses().orElseThrow();
    assertThat(plain(lenses.face())).isEqualTo(expected.face());
    assertThat(plain(lenses.consumed())).isEqualTo(expected.consumed());
    assertThat(plain(lenses.employerCost())).isEqualTo(expected.employerCost());
    assertThat(plain(lenses.realizable())).isEqualTo(expected.realizable());
    assertThat(plain(lenses.portable())).isEqualTo(expected.portable());
    assertThat(plain(lenses.unspent())).isEqualTo(expected.unspent());
    var flag = statement.computeVersusSalary();
    assertThat(
            flag == ComputeVersusSalary.UNDECIDED
                ? Optional.empty()
                : Optional.of(flag == ComputeVersusSalary.COMPUTE_EXCEEDS_SALARY))
        .isEqualTo(expected.exceedsSalary());
  }

  private static Optional<BigDecimal> plain(Figure figure) {
    return figure.amount().map(Money::amount);
  }

  private static void agrees(String id, PackageView view, Oracle.View expected) {
    var lines = new LinkedHashMap<String, BigDecimal>();
    for (var line : view.lines()) {
      lines.put(line.id().substring(id.length() + 1), line.amount().amount());
    }
    var all = new LinkedHashMap<>(expected.lines());
    all.put("CLASSIC_TC", expected.classic());
    var tokens = expected.lines().get("TOKENS.FACE");
    if (tokens != null) {
      all.put("HEADLINE_TC", expected.headline());
      if (expected.headline().signum() != 0) {
        var share = Q.of(tokens).times(Q.of(100)).over(Q.of(expected.headline())).round(2);
        assertThat(view.tokenShare()).isEqualTo(new Ratio.Defined(share, Ratio.Unit.PERCENT));
      }
    } else {
      assertThat(view.tokenShare()).isInstanceOf(Ratio.Undefined.class);
    }
    assertThat(lines).as(id).isEqualTo(all);
  }
}
