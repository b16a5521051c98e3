package dev.fourthpillar.usage.reprice;

import com.google.protobuf.Timestamp;
import dev.fourthpillar.usage.pricebook.TestBook;
import dev.fourthpillar.usage.settle.World;
import dev.fourthpillar.usage.v1.GetRepricingRequest;
import dev.fourthpillar.usage.v1.PriceBookServiceGrpc.PriceBookServiceBlockingStub;
import dev.fourthpillar.usage.v1.RepriceUsageRequest;
import dev.fourthpillar.usage.v1.Repricing;
import dev.fourthpillar.usage.v1.RepricingState;
import dev.fourthpillar.usage.v1.RevertRepricingRequest;
import java.time.Duration;
import java.util.UUID;
import org.awaitility.Awaitility;

/** Pricing anew, and taking it back, until it is done. */
public final class RepricingSteps {
  private final PriceBookServiceBlockingStub books;

  public RepricingSteps(World world) {
    this.books = TestBook.finance(world);
  }

  /** Returns its id. */
  public String reprice(Timestamp start, Timestamp end) {
    Repricing begun =
        books
            .repriceUsage(
                RepriceUsageRequest.newBuilder()
                    .setRequestId(UUID.randomUUID().toString())
                    .setStartTime(start)
                    .setEndTime(end)
                    .setReason("a corrected book")
                    .build())
            .getRepricing();
    return await(begun.getRepricingId(), RepricingState.REPRICING_STATE_APPLIED).getRepricingId();
  }

  public Repricing revert(String id) {
    books.revertRepricing(
        RevertRepricingRequest.newBuilder()
            .setRequestId(UUID.randomUUID().toString())
            .setRepricingId(id)
            .build());
    return await(id, RepricingState.REPRICING_STATE_REVERTED);
  }

  public Repricing get(String id) {
    return books
        .getRepricing(GetRepricingRequest.newBuilder().setRepricingId(id).build())
        .getRepricing();
  }

  private Repricing await(String id, RepricingState state) {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> get(id), now -> now.getState() == state);
  }
}
