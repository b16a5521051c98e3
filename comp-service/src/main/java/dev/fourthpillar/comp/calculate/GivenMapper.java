package dev.fourthpillar.comp.calculate;

import com.google.type.Decimal;
import com.google.type.Money;
import dev.fourthpillar.backbone.edge.decimal.DecimalMapper;
import dev.fourthpillar.comp.api.ValueMapper;
import dev.fourthpillar.comp.failure.Checks;
import dev.fourthpillar.comp.fx.FxQuote;
import dev.fourthpillar.comp.fx.FxTable;
import dev.fourthpillar.comp.money.Percent;
import dev.fourthpillar.comp.token.TokenUse;
import dev.fourthpillar.comp.v1.GivenRate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

/** What stateless requests bring with them, since nothing is looked up for them. */
final class GivenMapper {
  private static final String DEFAULT_PUBLISHER = "given";

  private GivenMapper() {}

  static Optional<Currency> currency(String code) {
    return code.isEmpty() ? Optional.empty() : Optional.of(ValueMapper.currency(code));
  }

  static TokenUse utilisation(Decimal percent) {
    return new TokenUse.Utilisation(new Percent(DecimalMapper.fromProto(percent, "percent")));
  }

  static TokenUse consumed(Money amount) {
    return new TokenUse.Amount(ValueMapper.money(amount));
  }

  static FxTable rates(List<GivenRate> rates) {
    Checks checks = new Checks();
    List<FxQuote> quotes = new ArrayList<>();
    for (int i = 0; i < rates.size(); i++) {
      GivenRate rate = rates.get(i);
      String id = "rates[" + i + "]";
      checks.at(id, () -> quote(rate, id)).ifPresent(quotes::add);
    }
    checks.orThrow();
    return new FxTable(quotes);
  }

  private static FxQuote quote(GivenRate rate, String id) {
    return new FxQuote(
        id,
        ValueMapper.currency(rate.getSourceCurrencyCode()),
        ValueMapper.currency(rate.getTargetCurrencyCode()),
        DecimalMapper.fromProto(rate.getRate(), "rate"),
        ValueMapper.date(rate.getDate()),
        rate.getPublisher().isEmpty() ? DEFAULT_PUBLISHER : rate.getPublisher());
  }
}
