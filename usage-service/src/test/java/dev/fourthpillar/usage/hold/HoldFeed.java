package dev.fourthpillar.usage.hold;

import com.google.protobuf.Any;
import dev.fourthpillar.events.v1.Event;
import dev.fourthpillar.events.v1.HoldSettled;
import dev.fourthpillar.testkit.service.TestService;
import java.util.Arrays;
import org.jdbi.v3.core.Handle;

/** budget-service, as far as this service hears of it. */
public final class HoldFeed {
  private HoldFeed() {}

  public static void told(TestService service, Handle handle, HoldSettled... holds) {
    service
        .bean(HoldConsumer.class)
        .apply(
            handle,
            Arrays.stream(holds)
                .map(
                    hold ->
                        Event.newBuilder()
                            .setKey(hold.getEngineer())
                            .setData(Any.pack(hold))
                            .build())
                .toList());
  }
}
