package dev.fourthpillar.usage.emit;

import dev.fourthpillar.testkit.service.TestService;
import org.jdbi.v3.core.Handle;

/** The settler, by hand. */
public final class Ticks {
  private Ticks() {}

  public static int tick(TestService service) {
    return service.bean(SettlerService.class).tick();
  }

  /** One partition in a transaction of the caller's, which may end it as it likes. */
  public static int settle(TestService service, Handle handle, int partition) {
    return service.bean(SettlerService.class).settle(handle, partition);
  }
}
