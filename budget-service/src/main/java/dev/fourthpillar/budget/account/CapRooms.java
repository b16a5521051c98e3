package dev.fourthpillar.budget.account;

import dev.fourthpillar.budget.cap.CapKey;
import dev.fourthpillar.budget.cap.CapRoom;
import java.util.Optional;

/** What counts in the windows of caps, as far as somebody may want to hold something of them. */
@FunctionalInterface
public interface CapRooms {
  /** No caps. */
  CapRooms NONE = _ -> Optional.empty();

  /** Empty for a window that is not locked. */
  Optional<CapRoom> of(CapKey window);
}
