package dev.fourthpillar.backbone.feed;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Message;
import dev.fourthpillar.access.v1.Role;
import dev.fourthpillar.events.v1.EventProto;
import dev.fourthpillar.events.v1.EventRule;
import dev.fourthpillar.events.v1.Ordering;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the contract says about an event type. The audience is written beside each event, so that a
 * replica of an older version, which does not know the type yet, still delivers it to the right
 * subscribers instead of losing it.
 *
 * @param name the full name of the payload message
 * @param ordering what the versions promise
 * @param audience one bit per {@link Role} number
 * @param own whether the engineer the event is about may see it
 */
record EventType(String name, Ordering ordering, int audience, boolean own) {
  private static final Map<Descriptor, EventType> KNOWN = new ConcurrentHashMap<>();

  static EventType of(Message payload) {
    return KNOWN.computeIfAbsent(payload.getDescriptorForType(), EventType::read);
  }

  private static EventType read(Descriptor descriptor) {
    if (!descriptor.getOptions().hasExtension(EventProto.event)) {
      throw new IllegalArgumentException(
          descriptor.getFullName()
              + " is no event (expected: option (fourthpillar.events.v1.event))");
    }
    EventRule rule = descriptor.getOptions().getExtension(EventProto.event);
    if (rule.getOrdering() == Ordering.ORDERING_UNSPECIFIED
        || rule.getOrdering() == Ordering.UNRECOGNIZED) {
      throw new IllegalArgumentException(descriptor.getFullName() + " names no ordering");
    }
    int audience = 0;
    for (Role role : rule.getSubscribersList()) {
      audience |= Audience.bit(role);
    }
    return new EventType(descriptor.getFullName(), rule.getOrdering(), audience, rule.getOwn());
  }

  /** Refuses a version that the ordering does not allow. */
  void checkVersion(long version) {
    boolean allowed =
        switch (ordering) {
          case ORDERING_SEQUENTIAL, ORDERING_LATEST, ORDERING_RANGE -> version >= 1;
          case ORDERING_NONE -> version == 0;
          case ORDERING_UNSPECIFIED, UNRECOGNIZED -> false;
        };
    if (!allowed) {
      throw new IllegalArgumentException(
          "version of %s: %d (expected: %s)"
              .formatted(name, version, ordering == Ordering.ORDERING_NONE ? "0" : ">= 1"));
    }
  }
}
