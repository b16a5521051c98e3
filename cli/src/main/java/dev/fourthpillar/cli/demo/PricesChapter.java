package dev.fourthpillar.cli.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import dev.fourthpillar.backbone.edge.decimal.DecimalMapper;
import dev.fourthpillar.backbone.edge.time.TimestampMapper;
import dev.fourthpillar.cli.suite.SuiteService;
import dev.fourthpillar.cli.table.Table;
import dev.fourthpillar.usage.v1.ActivatePriceBookRequest;
import dev.fourthpillar.usage.v1.GetPriceRequest;
import dev.fourthpillar.usage.v1.GetPriceResponse;
import dev.fourthpillar.usage.v1.ImportPriceBookRequest;
import dev.fourthpillar.usage.v1.MeterPrice;
import dev.fourthpillar.usage.v1.PriceBook;
import dev.fourthpillar.usage.v1.PriceBookServiceGrpc;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;

/** The list that is shipped, and what the company has negotiated. */
final class PricesChapter implements Chapter {
  private static final String SEED = "/dev/fourthpillar/pricing/book/seed-price-book.json";
  private static final Duration BEFORE_THE_STORY = Duration.ofDays(2);

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
    PriceBook book =
        books
            .call(
                stub ->
                    stub.importPriceBook(
                        ImportPriceBookRequest.newBuilder()
                            .setRequestId(scene.ids().of("book"))
                            .setListBookJson(companysBook(scene.calendar()))
                            .build()))
            .getBook();
    books.call(
        stub ->
            stub.activatePriceBook(
                ActivatePriceBookRequest.newBuilder()
                    .setRequestId(scene.ids().of("prices"))
                    .setBookId(book.getBookId())
                    .setEmployerDiscount(DecimalMapper.toProtoExactly(new BigDecimal(DISCOUNT)))
                    .setConfirm(true)
                    .build()));
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

  /** The company's book, as usage-service names it. */
  static String book(Scene scene) {
    return bookId(scene.calendar()) + "/1";
  }

  private static String bookId(Calendar calendar) {
    return "company-" + calendar.asOf().getEpochSecond();
  }

  /** The list that is shipped, in effect since before the story. */
  private static ByteString companysBook(Calendar calendar) {
    try (InputStream seed = PricesChapter.class.getResourceAsStream(SEED)) {
      ObjectMapper json = new ObjectMapper();
      ObjectNode book = (ObjectNode) json.readTree(seed);
      book.put("id", bookId(calendar));
      book.put("effectiveFrom", calendar.start().minus(BEFORE_THE_STORY).toString());
      return ByteString.copyFrom(json.writeValueAsBytes(book));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
