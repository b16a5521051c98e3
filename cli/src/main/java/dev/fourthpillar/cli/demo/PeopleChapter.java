package dev.fourthpillar.cli.demo;

import dev.fourthpillar.backbone.edge.decimal.DecimalMapper;
import dev.fourthpillar.backbone.edge.time.DateMapper;
import dev.fourthpillar.cli.suite.SuiteService;
import dev.fourthpillar.cli.table.Table;
import dev.fourthpillar.comp.v1.FxRate;
import dev.fourthpillar.comp.v1.MarketDataServiceGrpc;
import dev.fourthpillar.comp.v1.PackageServiceGrpc;
import dev.fourthpillar.comp.v1.PeopleServiceGrpc;
import dev.fourthpillar.comp.v1.PutEngineerRequest;
import dev.fourthpillar.comp.v1.PutFxRatesRequest;
import dev.fourthpillar.comp.v1.PutPackageRequest;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * Rates, people and what they are paid are recorded in comp-service; nobody else learns a salary.
 */
final class PeopleChapter implements Chapter {
  private static final int RATE_DAYS_BEFORE = 2;

  @Override
  public String title() {
    return "Five engineers, their pay and their token budgets (comp-service)";
  }

  @Override
  public void play(Scene scene) {
    publishRates(scene);
    var people =
        scene.api().of(SuiteService.COMP, PeopleServiceGrpc::newBlockingStub, scene.api().hr());
    var packages =
        scene.api().of(SuiteService.COMP, PackageServiceGrpc::newBlockingStub, scene.api().hr());
    Table table = new Table("engineer", "where", "paid in", "who it is");
    for (Employee employee : scene.employees()) {
      people.call(
          stub ->
              stub.putEngineer(
                  PutEngineerRequest.newBuilder()
                      .setRequestId(scene.ids().of("person-" + employee.id()))
                      .setEngineer(employee.engineer())
                      .build()));
      packages.call(
          stub ->
              stub.putPackage(
                  PutPackageRequest.newBuilder()
                      .setRequestId(scene.ids().of("package-" + employee.id()))
                      .setEngineer(employee.id())
                      .setEffectiveDate(DateMapper.toProto(scene.calendar().firstDay()))
                      .setPackage(employee.pay())
                      .build()));
      table.row(
          employee.id(), employee.engineer().getTimeZone(), employee.currency(), employee.story());
    }
    scene.narrator().show(table);
  }

  /** One for each day on which something is converted; the story's rates do not move. */
  private static void publishRates(Scene scene) {
    LocalDate first =
        LocalDate.ofInstant(scene.calendar().start(), ZoneOffset.UTC).minusDays(RATE_DAYS_BEFORE);
    LocalDate last = LocalDate.ofInstant(Instant.now(), ZoneOffset.UTC);
    List<FxRate> rates = new ArrayList<>();
    for (LocalDate day = first; !day.isAfter(last); day = day.plusDays(1)) {
      rates.add(rate("SEK", Company.USD_SEK, day));
      rates.add(rate("EUR", Company.USD_EUR, day));
    }
    scene
        .api()
        .of(SuiteService.COMP, MarketDataServiceGrpc::newBlockingStub, scene.api().finance())
        .call(
            stub ->
                stub.putFxRates(
                    PutFxRatesRequest.newBuilder()
                        .setRequestId(scene.ids().of("rates-" + last))
                        .addAllRates(rates)
                        .build()));
    scene
        .narrator()
        .say(
            "Rates from %s to %s: 1 USD = %s SEK = %s EUR. They never move in this story."
                .formatted(first, last, Company.USD_SEK, Company.USD_EUR));
  }

  private static FxRate rate(String target, String rate, LocalDate day) {
    return FxRate.newBuilder()
        .setSourceCurrencyCode("USD")
        .setTargetCurrencyCode(target)
        .setRate(DecimalMapper.toProtoExactly(new BigDecimal(rate)))
        .setDate(DateMapper.toProto(day))
        .setPublisher("demo rate")
        .build();
  }
}
