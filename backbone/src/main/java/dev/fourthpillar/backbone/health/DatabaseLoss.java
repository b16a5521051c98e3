package dev.fourthpillar.backbone.health;

/** A service that has something to offer while its database is away makes a bean of this. */
public interface DatabaseLoss {
  /** Whether a replica that was ready once stays so when it loses its database. */
  boolean isBorne();
}
