package dev.fourthpillar.cli.demo;

import dev.fourthpillar.cli.suite.SuiteService;
import dev.fourthpillar.cli.table.Table;
import dev.fourthpillar.usage.v1.ActivatePriceBookRequest;
import dev.fourthpillar.usage.v1.GetPriceRequest;
import dev.fourthpillar.usage.v1.GetPriceResponse;
import dev.fourthpillar.usage.v1.ListPriceBooksRequest;
import dev.fourthpillar.usage.v1.MeterPrice;
import dev.fourthpillar.usage.v1.PriceBook;
import dev.fourthpillar.usage.v1.PriceBookServiceGrpc;
import java.util.List;

/** The list that is shipped, and what the company has negotiated. */
final class PricesChapter implements Chapter {
  /** 40 percent. */
  private static final String DISCOUNT = "0.4";

  @Override
  public String title() {
    return "Two prices: the list, and what the employer pays (usage-service)";
  }

  @Override
  public void play(Scene scene) {
    var books =
        scene
            .api()
            .of(SuiteService.USAGE, PriceBookServiceGrpc::newBlockingStub, scene.api().finance());
    PriceBook seed =
        books
            .call(stub -> stub.listPriceBooks(ListPriceBooksRequest.getDefaultInstance()))
            .getBooksList()
            .stream()
            .findFirst()
            .orElseThrow(() -> new DemoException("there is no price book (expected: the seed)"));
    books.call(
        stub ->
            stub.activatePriceBook(
                ActivatePriceBookRequest.newBuilder()
                    .setRequestId(scene.ids().of("prices"))
                    .setBookId(seed.getBookId())
                    .setEmployerDiscount(Monies.decimal(DISCOUNT))
                    .setConfirm(true)
                    .build()));
    scene
        .narrator()
        .say(
            "Book %s, %s. The employer pays %s %% less."
                .formatted(seed.getBookId(), seed.getSource(), Company.DISCOUNT_PERCENT));
    Table table = new Table("model", ">input", ">cache read", ">output", "USD per million, list");
    for (String model : List.of(Workload.OPUS, Workload.FABLE, Workload.HAIKU)) {
      GetPriceResponse price =
          books.call(
              stub ->
                  stub.getPrice(
                      GetPriceRequest.newBuilder()
                          .setProvider("anthropic")
                          .setModel(model)
                          .setUsageTime(Dates.toProto(scene.calendar().asOf()))
                          .build()));
      table.row(model, of(price, "input"), of(price, "cache_read"), of(price, "output"), "");
    }
    scene.narrator().show(table);
  }

  private static String of(GetPriceResponse price, String meter) {
    return price.getPricesList().stream()
        .filter(p -> p.getMeter().equals(meter))
        .filter(p -> p.getServiceTier().equals("standard") && p.getPromptThreshold() == 0)
        .map(MeterPrice::getPricePerMillion)
        .map(decimal -> decimal.getValue())
        .findFirst()
        .orElse("–");
  }
}
