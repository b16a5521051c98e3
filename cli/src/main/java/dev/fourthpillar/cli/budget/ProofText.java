package dev.fourthpillar.cli.budget;

import dev.fourthpillar.proof.HashedEntry;
import dev.fourthpillar.proof.ProofCheck.Proven;
import dev.fourthpillar.proof.Statement;
import java.math.BigDecimal;

/** What a proof proves. */
public final class ProofText {
  private static final int NANO_DIGITS = 9;

  private ProofText() {}

  public static String of(Proven proven) {
    HashedEntry entry = proven.entry();
    Statement signed = proven.checkpoint();
    String currency = entry.account().substring(entry.account().lastIndexOf('/') + 1);
    return """
        proven: entry %d of %s
            %s of %s %s from %s to %s, cause %s, recorded %s
            is in the ledger of %s (checkpoint %d, %d accounts), signed with key %s
        """
        .formatted(
            entry.number(),
            entry.account(),
            entry.kind(),
            new BigDecimal(entry.amount(), NANO_DIGITS).stripTrailingZeros().toPlainString(),
            currency,
            entry.credit(),
            entry.debit(),
            entry.causeId(),
            entry.recorded(),
            signed.day(),
            signed.number(),
            signed.accounts(),
            signed.keyId());
  }
}
