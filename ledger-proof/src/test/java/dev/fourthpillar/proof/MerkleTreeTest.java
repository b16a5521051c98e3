package dev.fourthpillar.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The tree of RFC 6962, by its published values, and by what a path must lead to. */
final class MerkleTreeTest {
  /** The leaves and roots that implementations of Certificate Transparency test with. */
  @Test
  void theRootsAreThoseThatCertificateTransparencyHas() {
    List<Hash> leaves =
        List.of(
                "",
                "00",
                "10",
                "2021",
                "3031",
                "40414243",
                "5051525354555657",
                "606162636465666768696a6b6c6d6e6f")
            .stream()
            .map(hex -> MerkleTree.leaf(HexFormat.of().parseHex(hex)))
            .toList();

    assertThat(MerkleTree.root(List.of()))
        .hasToString("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assertThat(MerkleTree.root(leaves.subList(0, 1)))
        .hasToString("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
    assertThat(MerkleTree.root(leaves.subList(0, 3)))
        .hasToString("aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77");
    assertThat(MerkleTree.root(leaves.subList(0, 7)))
        .hasToString("ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c");
    assertThat(MerkleTree.root(leaves))
        .hasToString("5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");
  }

  @Property(tries = 200)
  void eachLeafsPathLeadsToTheRootAndToNoOther(
      @ForAll @IntRange(min = 1, max = 200) int size, @ForAll @IntRange(max = 199) int some) {
    List<Hash> leaves = leaves(size);
    int index = some % size;
    List<Hash> path = MerkleTree.path(leaves, index);

    assertThat(MerkleTree.climb(leaves.get(index), index, size, path))
        .isEqualTo(MerkleTree.root(leaves));
    for (int other = 0; other < size; other++) {
      if (other != index) {
        assertThat(climbsTo(MerkleTree.root(leaves), leaves.get(index), other, size, path))
            .as("place %d", other)
            .isFalse();
      }
    }
    if (!path.isEmpty()) {
      assertThat(
              climbsTo(
                  MerkleTree.root(leaves),
                  leaves.get(index),
                  index,
                  size,
                  path.subList(0, path.size() - 1)))
          .isFalse();
    }
    List<Hash> longer = new ArrayList<>(path);
    longer.add(Hash.ZERO);
    assertThatThrownBy(() -> MerkleTree.climb(leaves.get(index), index, size, longer))
        .isInstanceOf(ProofException.class);
  }

  /** 5 runs of which the last is not full: 4 × 1,024 + 7. */
  @Test
  void rootsOfRunsAreTheLeavesOfTheTreeAbove() {
    List<Hash> leaves = leaves(4 * MerkleTree.RUN + 7);
    List<Hash> runs =
        IntStream.range(0, 5)
            .mapToObj(
                run ->
                    MerkleTree.root(
                        leaves.subList(
                            run * MerkleTree.RUN,
                            Math.min(leaves.size(), (run + 1) * MerkleTree.RUN))))
            .toList();
    int index = 4 * MerkleTree.RUN + 3;
    List<Hash> path =
        new ArrayList<>(MerkleTree.path(leaves.subList(4 * MerkleTree.RUN, leaves.size()), 3));
    path.addAll(MerkleTree.path(runs, 4));

    assertThat(MerkleTree.root(runs)).isEqualTo(MerkleTree.root(leaves));
    assertThat(path).isEqualTo(MerkleTree.path(leaves, index));
  }

  private static boolean climbsTo(Hash root, Hash leaf, int index, int size, List<Hash> path) {
    try {
      return MerkleTree.climb(leaf, index, size, path).equals(root);
    } catch (ProofException _) {
      return false;
    }
  }

  private static List<Hash> leaves(int size) {
    return IntStream.range(0, size)
        .mapToObj(i -> MerkleTree.leaf(ByteBuffer.allocate(4).putInt(i).array()))
        .toList();
  }
}
