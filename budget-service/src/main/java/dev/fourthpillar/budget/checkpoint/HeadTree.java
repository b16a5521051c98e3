package dev.fourthpillar.budget.checkpoint;

import dev.fourthpillar.proof.Hash;
import dev.fourthpillar.proof.MerkleTree;
import java.util.ArrayList;
import java.util.List;

/**
 * The tree of a checkpoint, head after head in the order of accounts. It holds one run of leaves
 * and the roots of those before: a million accounts are a thousand roots.
 */
final class HeadTree {
  private final List<Run> runs = new ArrayList<>();
  private final List<Hash> leaves = new ArrayList<>(MerkleTree.RUN);
  private String first = "";
  private long size;

  /** The root of up to {@value MerkleTree#RUN} leaves that begin with this account's. */
  record Run(String firstAccount, Hash root) {}

  void add(Head head) {
    if (leaves.size() == MerkleTree.RUN) {
      endRun();
    }
    if (leaves.isEmpty()) {
      first = head.account();
    }
    leaves.add(head.leaf());
    size++;
  }

  /** How many leaves there are. */
  long size() {
    return size;
  }

  /** All runs; nothing can be added after. */
  List<Run> runs() {
    if (!leaves.isEmpty()) {
      endRun();
    }
    return List.copyOf(runs);
  }

  static Hash root(List<Run> runs) {
    return MerkleTree.root(runs.stream().map(Run::root).toList());
  }

  private void endRun() {
    runs.add(new Run(first, MerkleTree.root(leaves)));
    leaves.clear();
  }
}
