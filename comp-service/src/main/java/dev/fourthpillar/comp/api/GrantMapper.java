package dev.fourthpillar.comp.api;

import dev.fourthpillar.comp.failure.Checks;
import dev.fourthpillar.comp.pack.EquityGrant;
import dev.fourthpillar.comp.pack.GrantSize;
import dev.fourthpillar.comp.pack.Instrument;
import dev.fourthpillar.comp.pack.SharePrice;
import dev.fourthpillar.comp.terms.Guarantee;
import dev.fourthpillar.comp.v1.GrantValue;
import dev.fourthpillar.comp.v1.OptionModel;
import dev.fourthpillar.comp.v1.OptionTerms;
import dev.fourthpillar.comp.v1.ShareConversion;
import dev.fourthpillar.comp.vest.Acceleration;
import dev.fourthpillar.comp.vest.VestSchedule;
import java.util.List;
import java.util.Optional;

/** Equity grants. */
final class GrantMapper {
  private static final String DEFAULT_LABEL = "share price";

  private GrantMapper() {}

  static EquityGrant grant(dev.fourthpillar.comp.v1.EquityGrant grant) {
    Checks checks = new Checks();
    Optional<Instrument> instrument = checks.at("", () -> instrument(grant));
    Optional<GrantSize> size = checks.at("", () -> size(grant));
    Optional<SharePrice> price = checks.at("price", () -> price(grant.getPrice()));
    Optional<VestSchedule> schedule =
        checks.at("schedule", () -> VestMapper.schedule(grant.getSchedule()));
    Optional<List<Acceleration>> accelerations =
        checks.at("", () -> VestMapper.accelerations(grant.getAccelerationsList()));
    checks.orThrow();
    return new EquityGrant(
        grant.getId(),
        instrument.orElseThrow(),
        size.orElseThrow(),
        price.orElseThrow(),
        ValueMapper.date(grant.getGrantDate()),
        schedule.orElseThrow(),
        accelerations.orElseThrow(),
        grant.getRefresher(),
        ValueMapper.guarantee(
            grant.getGuarantee(),
            grant.getRefresher() ? Guarantee.ASSUMED : Guarantee.CONTRACTUAL));
  }

  private static Instrument instrument(dev.fourthpillar.comp.v1.EquityGrant grant) {
    return switch (grant.getInstrumentCase()) {
      case OPTION -> new Instrument.Option(terms("option", grant.getOption()));
      case VIRTUAL -> new Instrument.Virtual(terms("virtual", grant.getVirtual()));
      case INSTRUMENT_NOT_SET -> new Instrument.Unit();
    };
  }

  private static Instrument.Terms terms(String field, OptionTerms option) {
    Checks checks = new Checks();
    Optional<Instrument.Terms> terms =
        checks.at(
            field,
            () ->
                new Instrument.Terms(
                    ValueMapper.money(option.getStrike()),
                    ValueMapper.date(option.getExpiryDate()),
                    option.hasModel() ? Optional.of(model(option.getModel())) : Optional.empty()));
    checks.orThrow();
    return terms.orElseThrow();
  }

  private static dev.fourthpillar.comp.pack.OptionModel model(OptionModel model) {
    return new dev.fourthpillar.comp.pack.OptionModel(
        ValueMapper.percent(model.getVolatilityPercent()),
        ValueMapper.percent(model.hasRiskFreePercent(), model.getRiskFreePercent()),
        ValueMapper.percent(model.hasDividendPercent(), model.getDividendPercent()));
  }

  private static GrantSize size(dev.fourthpillar.comp.v1.EquityGrant grant) {
    return switch (grant.getSizeCase()) {
      case SHARES -> new GrantSize.Shares(grant.getShares());
      case VALUE -> value(grant.getValue());
      case SIZE_NOT_SET -> throw new IllegalArgumentException("a grant without size");
    };
  }

  private static GrantSize.Value value(GrantValue value) {
    return new GrantSize.Value(
        ValueMapper.money(value.getAmount()),
        ValueMapper.money(value.getConversionPrice()),
        conversion(value.getConversion()));
  }

  private static GrantSize.Conversion conversion(ShareConversion given) {
    return switch (given) {
      case SHARE_CONVERSION_UNSPECIFIED, SHARE_CONVERSION_FLOOR, UNRECOGNIZED ->
          GrantSize.Conversion.FLOOR;
      case SHARE_CONVERSION_NEAREST -> GrantSize.Conversion.NEAREST;
      case SHARE_CONVERSION_CEILING -> GrantSize.Conversion.CEILING;
    };
  }

  private static SharePrice price(dev.fourthpillar.comp.v1.SharePrice price) {
    return new SharePrice(
        ValueMapper.money(price.getAmount()),
        ValueMapper.date(price.getDate()),
        price.getLabel().isEmpty() ? DEFAULT_LABEL : price.getLabel(),
        ValueMapper.percent(price.hasGrowthPercent(), price.getGrowthPercent()));
  }
}
