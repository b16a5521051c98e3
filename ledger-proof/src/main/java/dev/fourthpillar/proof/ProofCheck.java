package dev.fourthpillar.proof;

import java.security.PublicKey;
import java.util.List;
import java.util.Optional;

/**
 * Checks one proof, part after part, and holds no more of it than the entry that is proven and the
 * last hash. Each method throws {@link ProofException} at the first flaw.
 */
public final class ProofCheck {
  private final PublicKey trusted;

  private String account = "";
  private long next;
  private Optional<Hash> head = Optional.empty();
  private Optional<HashedEntry> proven = Optional.empty();

  public ProofCheck(PublicKey trusted) {
    this.trusted = trusted;
  }

  /**
   * What was proven.
   *
   * @param lastEntry the last one that the checkpoint covers
   */
  public record Proven(HashedEntry entry, long lastEntry, Statement checkpoint) {}

  /** What is to be proven. */
  public void begin(String provenAccount, long number, Hash previousHash) {
    if (head.isPresent()) {
      throw new ProofException(Flaw.FORM, "it begins twice");
    }
    if (number < 1) {
      throw new ProofException(Flaw.FORM, "entry: %d (expected: at least 1)", number);
    }
    if (number == 1 && !previousHash.equals(Hash.ZERO)) {
      throw new ProofException(
          Flaw.CONTRADICTION, "previous_hash of entry 1 is not zero, and nothing is before it");
    }
    account = provenAccount;
    next = number;
    head = Optional.of(previousHash);
  }

  /** The next entry, and its hash as the proof has it. */
  public void entry(HashedEntry entry, Hash chainHash) {
    Hash before = begun();
    if (entry.number() != next) {
      throw new ProofException(Flaw.GAP, "entry %d (expected: %d)", entry.number(), next);
    }
    Hash hash = entry.hashAfter(before);
    if (!hash.equals(chainHash)) {
      throw new ProofException(
          Flaw.CHAIN,
          "entry %d: its hash does not follow from it and the one before",
          entry.number());
    }
    if (proven.isEmpty()) {
      proven = Optional.of(entry);
    }
    head = Optional.of(hash);
    next++;
  }

  /** The account that the proof is about. */
  public String account() {
    var _ = begun();
    return account;
  }

  /** The end: from the last entry to what was signed. */
  public Proven end(long leafIndex, List<Hash> path, Statement checkpoint, byte[] signature) {
    Hash last = begun();
    HashedEntry entry =
        proven.orElseThrow(() -> new ProofException(Flaw.FORM, "it has no entries"));
    if (path.size() > MerkleTree.MAX_PATH) {
      throw new ProofException(
          Flaw.FORM, "path: %d hashes (expected: at most %d)", path.size(), MerkleTree.MAX_PATH);
    }
    Hash root =
        MerkleTree.climb(
            Statement.leaf(account, next - 1, last), leafIndex, checkpoint.accounts(), path);
    if (!root.equals(checkpoint.root())) {
      throw new ProofException(
          Flaw.PATH, "the entries and the path do not lead to the root of the checkpoint");
    }
    if (!checkpoint.keyId().equals(Keys.id(trusted))) {
      throw new ProofException(
          Flaw.KEY,
          "it is signed with key %s (expected: %s, the one that is trusted)",
          checkpoint.keyId(),
          Keys.id(trusted));
    }
    if (!Signer.verifies(trusted, checkpoint.signedBytes(), signature)) {
      throw new ProofException(
          Flaw.SIGNATURE, "the checkpoint is not what key %s signed", checkpoint.keyId());
    }
    return new Proven(entry, next - 1, checkpoint);
  }

  private Hash begun() {
    return head.orElseThrow(
        () -> new ProofException(Flaw.FORM, "it does not begin with what it proves"));
  }
}
