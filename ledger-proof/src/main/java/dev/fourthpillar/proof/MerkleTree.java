package dev.fourthpillar.proof;

import java.util.ArrayList;
import java.util.List;

/**
 * The hash tree of RFC 6962 over SHA-256. It is split at powers of two, so the roots of full runs
 * of {@value #RUN} leaves, and of the rest, are the leaves of the tree above them: a tree of any
 * size is built and walked with two lists.
 */
public final class MerkleTree {
  /** Leaves of one run, a power of two. */
  public static final int RUN = 1_024;

  /** A path cannot be longer: a tree has less than 2^63 leaves. */
  public static final int MAX_PATH = 64;

  private static final byte[] LEAF = {0};
  private static final byte[] NODE = {1};

  private MerkleTree() {}

  /** The hash of a leaf with this content. */
  static Hash leaf(byte[] content) {
    return Hash.over(LEAF, content);
  }

  /** The root over these hashes, of leaves or of runs; of none it is the hash of nothing. */
  public static Hash root(List<Hash> hashes) {
    int size = hashes.size();
    if (size == 0) {
      return Hash.over();
    }
    if (size == 1) {
      return hashes.getFirst();
    }
    int left = split(size);
    return node(root(hashes.subList(0, left)), root(hashes.subList(left, size)));
  }

  /** The hashes beside the way from one of these hashes to their root, from below. */
  public static List<Hash> path(List<Hash> hashes, int index) {
    List<Hash> path = new ArrayList<>();
    List<Hash> rest = hashes;
    int at = index;
    while (rest.size() > 1) {
      int left = split(rest.size());
      if (at < left) {
        path.addFirst(root(rest.subList(left, rest.size())));
        rest = rest.subList(0, left);
      } else {
        path.addFirst(root(rest.subList(0, left)));
        rest = rest.subList(left, rest.size());
        at -= left;
      }
    }
    return path;
  }

  /**
   * The root that a leaf and its path lead to.
   *
   * @param index of the leaf, from 0
   * @param size leaves of the tree
   * @throws ProofException PATH when such a tree has no such path
   */
  static Hash climb(Hash leaf, long index, long size, List<Hash> path) {
    if (index < 0 || index >= size) {
      throw new ProofException(
          Flaw.PATH, "leaf %d of %d (expected: from 0, less than their number)", index, size);
    }
    long at = index;
    long last = size - 1;
    Hash hash = leaf;
    for (Hash beside : path) {
      if (last == 0) {
        throw new ProofException(Flaw.PATH, "the path is longer than the tree is high");
      }
      if ((at & 1) == 1 || at == last) {
        hash = node(beside, hash);
        while ((at & 1) == 0) {
          // Nothing stands beside it up to here: it was handed upwards as it is.
          at >>= 1;
          last >>= 1;
        }
      } else {
        hash = node(hash, beside);
      }
      at >>= 1;
      last >>= 1;
    }
    if (last != 0) {
      throw new ProofException(Flaw.PATH, "the path ends below the root");
    }
    return hash;
  }

  private static Hash node(Hash left, Hash right) {
    return Hash.over(NODE, left.bytes(), right.bytes());
  }

  /** The largest power of two below the size. */
  private static int split(int size) {
    return Integer.highestOneBit(size - 1);
  }
}
