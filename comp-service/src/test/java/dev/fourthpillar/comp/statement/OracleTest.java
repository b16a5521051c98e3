package dev.fourthpillar.comp.statement;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.comp.money.Ratio;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import net.jqwik.api.Arbitrary;
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
