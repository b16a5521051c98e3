package dev.fourthpillar.budget.checkpoint;

import java.time.LocalDate;

/** A public key that checkpoints were signed with. */
public final class SigningKey {
  private final String id;
  private final byte[] encoded;
  private final LocalDate firstDay;

  SigningKey(String id, byte[] encoded, LocalDate firstDay) {
    this.id = id;
    this.encoded = encoded.clone();
    this.firstDay = firstDay;
  }

  public String id() {
    return id;
  }

  /** X.509. */
  public byte[] encoded() {
    return encoded.clone();
  }

  /** That it signed. */
  public LocalDate firstDay() {
    return firstDay;
  }
}
