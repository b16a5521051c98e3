package dev.fourthpillar.comp.calculate;

import dev.fourthpillar.comp.api.CompFailureMapper;
import dev.fourthpillar.comp.api.PackageMapper;
import dev.fourthpillar.comp.api.StatementMapper;
import dev.fourthpillar.comp.api.TokenBudgetMapper;
import dev.fourthpillar.comp.api.ValueMapper;
import dev.fourthpillar.comp.failure.Checks;
import dev.fourthpillar.comp.fx.FxTable;
import dev.fourthpillar.comp.pack.Base;
import dev.fourthpillar.comp.statement.TokenValue;
import dev.fourthpillar.comp.statement.TokenValueInput;
import dev.fourthpillar.comp.token.Entitlement;
import dev.fourthpillar.comp.token.TokenBudget;
import dev.fourthpillar.comp.token.TokenUse;
import dev.fourthpillar.comp.v1.ValueTokensRequest;
import dev.fourthpillar.comp.v1.ValueTokensResponse;
import java.time.LocalDate;
import java.util.Currency;
import java.util.Optional;

/** Token budgets without a package. */
public final class TokenValueMapper {

  private TokenValueMapper() {}

  public static TokenValueInput fromProto(ValueTokensRequest request) {
    return CompFailureMapper.answered(() -> input(request));
  }

  public static ValueTokensResponse toProto(TokenValue value) {
    return StatementMapper.toProto(value);
  }

  private static TokenValueInput input(ValueTokensRequest request) {
    Checks checks = new Checks();
    LocalDate start = ValueMapper.date(request.getStartDate());
    checks.date("start", start);
    Optional<TokenBudget> tokens =
        checks.at("tokens", () -> TokenBudgetMapper.budget(request.getTokens(), start));
    Optional<Base> base =
        request.hasBase()
            ? checks.at("base", () -> PackageMapper.base(request.getBase()))
            : Optional.empty();
    Optional<FxTable> rates = checks.at("", () -> GivenMapper.rates(request.getRatesList()));
    Optional<TokenUse> use = checks.at("", () -> use(request));
    Optional<Optional<Currency>> asked =
        checks.at("", () -> GivenMapper.currency(request.getCurrencyCode()));
    checks.orThrow();
    TokenValueInput.checkBase(checks, tokens.orElseThrow(), base);
    checks.orThrow();
    Optional<Currency> currency =
        asked.orElseThrow().or(() -> own(tokens.orElseThrow().entitlement(), base));
    checks.that(
        currency.isPresent(), "currencyCode", "absent", "present, since no amount names one");
    checks.orThrow();
    return new TokenValueInput(
        tokens.orElseThrow(),
        base,
        request.hasAsOfDate() ? ValueMapper.date(request.getAsOfDate()) : start,
        currency.orElseThrow(),
        rates.orElseThrow(),
        use.orElseThrow());
  }

  private static Optional<Currency> own(Entitlement entitlement, Optional<Base> base) {
    return switch (entitlement) {
      case Entitlement.FixedMoney money -> Optional.of(money.amount().currency());
      case Entitlement.FixedQuantity quantity -> Optional.of(quantity.faceValue().currency());
      case Entitlement.PercentOfBase _, Entitlement.PooledShare _, Entitlement.Uncapped _ ->
          base.map(pay -> pay.amount().currency());
    };
  }

  private static TokenUse use(ValueTokensRequest request) {
    return switch (request.getConsumptionCase()) {
      case UTILISATION_PERCENT -> GivenMapper.utilisation(request.getUtilisationPercent());
      case CONSUMED_AMOUNT -> GivenMapper.consumed(request.getConsumedAmount());
      case CONSUMPTION_NOT_SET -> new TokenUse.NotStated();
    };
  }
}
