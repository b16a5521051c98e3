package dev.fourthpillar.usage.pricebook;

import com.google.protobuf.ByteString;
import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.usage.settle.World;
import dev.fourthpillar.usage.v1.ActivatePriceBookRequest;
import dev.fourthpillar.usage.v1.ImportPriceBookRequest;
import dev.fourthpillar.usage.v1.ImportPriceBookResponse;
import dev.fourthpillar.usage.v1.PriceBookServiceGrpc;
import dev.fourthpillar.usage.v1.PriceBookServiceGrpc.PriceBookServiceBlockingStub;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A price book made by hand, in dollars per million. */
public final class TestBook {
  private final String id;
  private final String from;
  private final List<String> rows = new ArrayList<>();

  private TestBook(String id, String from) {
    this.id = id;
    this.from = from;
  }

  public static TestBook of(String id, String effectiveFrom) {
    return new TestBook(id, effectiveFrom);
  }

  public TestBook model(String provider, String model, String input, String output) {
    rows.add(
        """
        {"provider": "%s", "model": "%s", "source": "by hand",
         "prices": {"standard": {"0": {"input": "%s", "output": "%s"}}}}
        """
            .formatted(provider, model, input, output));
    return this;
  }

  public ByteString json() {
    return ByteString.copyFromUtf8(
        """
        {"format": "fourthpillar.pricebook/1", "id": "%s", "version": 1, "currency": "USD",
         "effectiveFrom": "%s", "source": "by hand", "rows": [%s]}
        """
            .formatted(id, from, String.join(",", rows)));
  }

  public ImportPriceBookResponse importTo(World world) {
    return finance(world)
        .importPriceBook(
            ImportPriceBookRequest.newBuilder()
                .setRequestId(UUID.randomUUID().toString())
                .setListBookJson(json())
                .build());
  }

  public void activate(World world) {
    String book = importTo(world).getBook().getBookId();
    finance(world)
        .activatePriceBook(
            ActivatePriceBookRequest.newBuilder()
                .setRequestId(UUID.randomUUID().toString())
                .setBookId(book)
                .setConfirm(true)
                .build());
  }

  public static PriceBookServiceBlockingStub finance(World world) {
    return world
        .service()
        .stub(PriceBookServiceGrpc::newBlockingStub, world.service().as("fin", Role.FINANCE));
  }

  /** All books but the one the build brings are forgotten. */
  public static void forget(World world) {
    world
        .jdbi()
        .useHandle(
            handle ->
                handle.execute(
                    """
                    delete from price_book where book_id <> 'seed-list/1'
                    """));
  }
}
