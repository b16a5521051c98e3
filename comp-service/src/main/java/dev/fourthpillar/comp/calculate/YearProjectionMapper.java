package dev.fourthpillar.comp.calculate;

import dev.fourthpillar.comp.api.CompFailureMapper;
import dev.fourthpillar.comp.api.PackageMapper;
import dev.fourthpillar.comp.api.StatementMapper;
import dev.fourthpillar.comp.api.ValueMapper;
import dev.fourthpillar.comp.api.YearsMapper;
import dev.fourthpillar.comp.explain.Snapshots;
import dev.fourthpillar.comp.failure.Checks;
import dev.fourthpillar.comp.fx.FxTable;
import dev.fourthpillar.comp.pack.CompensationPackage;
import dev.fourthpillar.comp.statement.ProjectedYear;
import dev.fourthpillar.comp.statement.ProjectionInput;
import dev.fourthpillar.comp.statement.StatementInput;
import dev.fourthpillar.comp.statement.YearKind;
import dev.fourthpillar.comp.token.TokenUse;
import dev.fourthpillar.comp.v1.ProjectYearsRequest;
import dev.fourthpillar.comp.v1.ProjectYearsResponse;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

/** Packages over years of all kinds. */
public final class YearProjectionMapper {

  private YearProjectionMapper() {}

  public static ProjectionInput fromProto(ProjectYearsRequest request) {
    return CompFailureMapper.answered(() -> input(request));
  }

  public static ProjectYearsResponse toProto(List<ProjectedYear> years) {
    return ProjectYearsResponse.newBuilder()
        .addAllYears(years.stream().map(YearsMapper::toProto).toList())
        .addAllSnapshots(
            StatementMapper.snapshots(
                Snapshots.of(
                    years.stream().flatMap(year -> year.view().lines().stream()).toList())))
        .build();
  }

  private static ProjectionInput input(ProjectYearsRequest request) {
    Checks checks = new Checks();
    Optional<CompensationPackage> pack =
        checks.at("package", () -> PackageMapper.pack(request.getPackage()));
    Optional<FxTable> rates = checks.at("", () -> GivenMapper.rates(request.getRatesList()));
    Optional<Optional<Currency>> currency =
        checks.at("", () -> GivenMapper.currency(request.getCurrencyCode()));
    Optional<YearKind> kind = checks.at("", () -> kind(request));
    checks.orThrow();
    CompensationPackage known = pack.orElseThrow();
    LocalDate asOf =
        request.hasAsOfDate() ? ValueMapper.date(request.getAsOfDate()) : known.start();
    return new ProjectionInput(
        StatementInput.of(
            known,
            asOf,
            currency.orElseThrow().orElse(known.base().amount().currency()),
            rates.orElseThrow(),
            new TokenUse.NotStated()),
        kind.orElseThrow(),
        YearsMapper.proration(request.getProration()),
        request.getYears() == 0 ? Optional.empty() : Optional.of(request.getYears()));
  }

  private static YearKind kind(ProjectYearsRequest request) {
    Checks checks = new Checks();
    int month = request.getTaxYearMonth();
    int day = request.getTaxYearDay();
    return switch (request.getYearKind()) {
      case YEAR_KIND_TAX -> {
        checks.that(month != 0, "taxYearMonth", "absent", "1 to 12");
        checks.orThrow();
        yield new YearKind.Tax(MonthDay.of(month, day == 0 ? 1 : day));
      }
      case YEAR_KIND_UNSPECIFIED, YEAR_KIND_OFFER, YEAR_KIND_CALENDAR, UNRECOGNIZED -> {
        checks.that(month == 0, "taxYearMonth", month, "absent, unless year_kind is TAX");
        checks.that(day == 0, "taxYearDay", day, "absent, unless year_kind is TAX");
        checks.orThrow();
        yield switch (request.getYearKind()) {
          case YEAR_KIND_CALENDAR -> new YearKind.Calendar();
          case YEAR_KIND_UNSPECIFIED, YEAR_KIND_OFFER, YEAR_KIND_TAX, UNRECOGNIZED ->
              new YearKind.Offer();
        };
      }
    };
  }
}
