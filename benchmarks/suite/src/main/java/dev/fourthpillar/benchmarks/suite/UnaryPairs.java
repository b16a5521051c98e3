package dev.fourthpillar.benchmarks.suite;

import com.google.protobuf.Duration;
import com.google.type.Money;
import dev.fourthpillar.budget.v1.EnforcementServiceGrpc.EnforcementServiceBlockingStub;
import dev.fourthpillar.budget.v1.OnExpiry;
import dev.fourthpillar.budget.v1.ReserveRequest;
import dev.fourthpillar.budget.v1.SettleRequest;
import java.util.UUID;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/** A Reserve and then a Settle, each a call. */
final class UnaryPairs {
  private final EnforcementServiceBlockingStub budget;
  private final Money amount;
  private final Supplier<String> engineers;
  private final Recorder reserves = new Recorder(3);

  UnaryPairs(EnforcementServiceBlockingStub budget, Money amount, Supplier<String> engineers) {
    this.budget = budget;
    this.amount = amount;
    this.engineers = engineers;
  }

  void pair() {
    String engineer = engineers.get();
    String hold = UUID.randomUUID().toString();
    long begin = System.nanoTime();
    budget.reserve(
        ReserveRequest.newBuilder()
            .setHoldId(hold)
            .setEngineer(engineer)
            .setAmount(amount)
            .setTtl(Duration.newBuilder().setSeconds(600))
            .setOnExpiry(OnExpiry.ON_EXPIRY_RELEASE)
            .build());
    reserves.recordValue(System.nanoTime() - begin);
    budget.settle(
        SettleRequest.newBuilder()
            .setHoldId(hold)
            .setEngineer(engineer)
            .setActualAmount(amount)
            .build());
  }

  /** What the Reserves took since this was asked last. */
  Histogram latencies() {
    return reserves.getIntervalHistogram();
  }
}
