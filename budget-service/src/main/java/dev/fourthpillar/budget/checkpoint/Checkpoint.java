package dev.fourthpillar.budget.checkpoint;

import dev.fourthpillar.proof.Statement;

/** What was signed of a day, and the signature. */
public final class Checkpoint {
  private final Statement statement;
  private final byte[] signature;

  Checkpoint(Statement statement, byte[] signature) {
    this.statement = statement;
    this.signature = signature.clone();
  }

  public Statement statement() {
    return statement;
  }

  public byte[] signature() {
    return signature.clone();
  }
}
