package dev.fourthpillar.cli.demo;

import com.google.protobuf.Duration;
import com.google.type.Money;
import dev.fourthpillar.budget.v1.CallEstimate;
import dev.fourthpillar.budget.v1.CallReport;
import dev.fourthpillar.budget.v1.EnforcementServiceGrpc;
import dev.fourthpillar.budget.v1.EnforcementServiceGrpc.EnforcementServiceBlockingStub;
import dev.fourthpillar.budget.v1.Hold;
import dev.fourthpillar.budget.v1.OnExpiry;
import dev.fourthpillar.budget.v1.QuoteCallRequest;
import dev.fourthpillar.budget.v1.ReleaseRequest;
import dev.fourthpillar.budget.v1.ReserveRequest;
import dev.fourthpillar.budget.v1.SettleRequest;
import dev.fourthpillar.budget.v1.SettleResponse;
import dev.fourthpillar.cli.refusal.Refusal;
import dev.fourthpillar.cli.suite.SuiteService;
import dev.fourthpillar.type.v1.MeterQuantity;
import io.grpc.StatusRuntimeException;
import java.util.Optional;

/** The company's AI gateway: reserves before a call, settles after it. */
final class Gateway {
  private static final long TTL_SECONDS = 600;

  private final Api.Caller<EnforcementServiceBlockingStub> budget;

  Gateway(Api api) {
    this.budget =
        api.of(SuiteService.BUDGET, EnforcementServiceGrpc::newBlockingStub, api.gateway());
  }

  Hold reserve(String holdId, String engineer, CallEstimate call) {
    return reserve(
        ReserveRequest.newBuilder().setHoldId(holdId).setEngineer(engineer).setCall(call));
  }

  Hold reserve(String holdId, String engineer, Money amount) {
    return reserve(
        ReserveRequest.newBuilder().setHoldId(holdId).setEngineer(engineer).setAmount(amount));
  }

  private Hold reserve(ReserveRequest.Builder request) {
    request
        .setTtl(Duration.newBuilder().setSeconds(TTL_SECONDS))
        .setOnExpiry(OnExpiry.ON_EXPIRY_RELEASE)
        .setTool("gateway");
    return budget.call(stub -> stub.reserve(request.build())).getHold();
  }

  SettleResponse settle(String holdId, String engineer, CallReport call) {
    return budget.call(
        stub ->
            stub.settle(
                SettleRequest.newBuilder()
                    .setHoldId(holdId)
                    .setEngineer(engineer)
                    .addCalls(call)
                    .build()));
  }

  /** The price book by which budget-service would price the call; empty while it has no price. */
  Optional<String> pricedBy(String engineer, CallEstimate call) {
    try {
      return Optional.of(
          budget
              .call(
                  stub ->
                      stub.quoteCall(
                          QuoteCallRequest.newBuilder()
                              .setEngineer(engineer)
                              .setCall(call)
                              .build()))
              .getBookId());
    } catch (StatusRuntimeException e) {
      if (Refusal.of(e).reason().equals("MODEL_UNPRICED")) {
        return Optional.empty();
      }
      throw e;
    }
  }

  void release(String holdId, String engineer) {
    budget.call(
        stub ->
            stub.release(
                ReleaseRequest.newBuilder().setHoldId(holdId).setEngineer(engineer).build()));
  }

  static MeterQuantity tokens(String meter, long count) {
    return MeterQuantity.newBuilder().setMeter(meter).setQuantity(count).build();
  }
}
