package dev.fourthpillar.charging.world;

import java.util.Set;

/**
 * EngineerChanged.
 *
 * @param version the highest counts
 * @param gateClosed whether metering by name is not allowed where the person works
 */
public record PersonTold(String engineer, int version, Set<String> emails, boolean gateClosed)
    implements Delivery {
  public PersonTold {
    emails = Set.copyOf(emails);
  }
}
