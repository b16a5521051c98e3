package dev.fourthpillar.cli.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import dev.fourthpillar.backbone.edge.decimal.DecimalMapper;
import dev.fourthpillar.cli.suite.SuiteService;
import dev.fourthpillar.usage.v1.ActivatePriceBookRequest;
import dev.fourthpillar.usage.v1.ImportPriceBookRequest;
import dev.fourthpillar.usage.v1.PriceBook;
import dev.fourthpillar.usage.v1.PriceBookServiceGrpc;
import dev.fourthpillar.usage.v1.PriceBookServiceGrpc.PriceBookServiceBlockingStub;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Duration;

/** The company's prices: the list that is shipped, in effect since before the story. */
final class CompanysBook {
  private static final String SEED = "/dev/fourthpillar/pricing/book/seed-price-book.json";
  private static final Duration BEFORE_THE_STORY = Duration.ofDays(2);
  private static final ObjectMapper JSON = new ObjectMapper();

  /** 40 percent. */
  private static final String DISCOUNT = "0.4";

  private static final String OWN_MODEL =
      """
      {"provider": "%s", "model": "%s", "source": "made for this story",
       "prices": {"standard": {"0": {"input": "0.50", "output": "2"}}}}
      """
          .formatted(OpenUsageChapter.PROVIDER, OpenUsageChapter.MODEL);

  private final Scene scene;
  private final Api.Caller<PriceBookServiceBlockingStub> books;

  CompanysBook(Scene scene) {
    this.scene = scene;
    this.books =
        scene
            .api()
            .of(SuiteService.USAGE, PriceBookServiceGrpc::newBlockingStub, scene.api().finance());
  }

  PriceBook begin() {
    return activate("book", "prices", seed(1));
  }

  /** The same prices, and one for the company's own model. */
  PriceBook addOwnModel() {
    ObjectNode book = seed(2);
    try {
      book.withArray("rows").add(JSON.readTree(OWN_MODEL));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return activate("book-2", "prices-2", book);
  }

  /** Whether this is a version of it, as usage-service names books. */
  static boolean is(String bookId, Scene scene) {
    return bookId.startsWith(id(scene.calendar()) + "/");
  }

  private PriceBook activate(String importId, String activationId, ObjectNode content) {
    PriceBook book =
        books
            .call(
                stub ->
                    stub.importPriceBook(
                        ImportPriceBookRequest.newBuilder()
                            .setRequestId(scene.ids().of(importId))
                            .setListBookJson(ByteString.copyFromUtf8(content.toString()))
                            .build()))
            .getBook();
    books.call(
        stub ->
            stub.activatePriceBook(
                ActivatePriceBookRequest.newBuilder()
                    .setRequestId(scene.ids().of(activationId))
                    .setBookId(book.getBookId())
                    .setEmployerDiscount(DecimalMapper.toProtoExactly(new BigDecimal(DISCOUNT)))
                    .setConfirm(true)
                    .build()));
    return book;
  }

  private static String id(Calendar calendar) {
    return "company-" + calendar.asOf().getEpochSecond();
  }

  private ObjectNode seed(int version) {
    try (InputStream seed = CompanysBook.class.getResourceAsStream(SEED)) {
      ObjectNode book = (ObjectNode) JSON.readTree(seed);
      book.put("id", id(scene.calendar()));
      book.put("version", version);
      book.put("effectiveFrom", scene.calendar().start().minus(BEFORE_THE_STORY).toString());
      return book;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
