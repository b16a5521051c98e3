package dev.fourthpillar.cli.demo;

import dev.fourthpillar.backbone.edge.time.TimestampMapper;
import dev.fourthpillar.cli.suite.SuiteService;
import dev.fourthpillar.cli.table.Table;
import dev.fourthpillar.usage.v1.GetPriceRequest;
import dev.fourthpillar.usage.v1.GetPriceResponse;
import dev.fourthpillar.usage.v1.MeterPrice;
import dev.fourthpillar.usage.v1.PriceBook;
import dev.fourthpillar.usage.v1.PriceBookServiceGrpc;
import java.util.List;

/** The list that is shipped, and what the company has negotiated. */
final class PricesChapter implements Chapter {
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
    PriceBook book = new CompanysBook(scene).begin();
    scene
        .narrator()
        .say(
            "Book %s: %s. The employer pays %s %% less."
                .formatted(book.getBookId(), book.getSource(), Company.DISCOUNT_PERCENT));
    Table table = new Table("model", ">input", ">cache read", ">output", "USD per million, list");
    for (String model : List.of(Workload.OPUS, Workload.FABLE, Workload.HAIKU)) {
      GetPriceResponse price =
          books.call(
              stub ->
                  stub.getPrice(
                      GetPriceRequest.newBuilder()
                          .setProvider("anthropic")
                          .setModel(model)
                          .setUsageTime(TimestampMapper.toProto(scene.calendar().asOf()))
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
