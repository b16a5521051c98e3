package dev.fourthpillar.sample.operate;

import io.micronaut.context.annotation.Context;
import io.micronaut.context.annotation.Requires;
import jakarta.annotation.PreDestroy;
import java.util.concurrent.CountDownLatch;

/** Something in a service that never closes. */
@Context
@Requires(property = "test.hanging-close")
final class HangingClose {
  @PreDestroy
  void close() throws InterruptedException {
    new CountDownLatch(1).await();
  }
}
