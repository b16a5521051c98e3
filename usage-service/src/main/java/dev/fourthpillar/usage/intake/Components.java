package dev.fourthpillar.usage.intake;

/** Which of n things belong together. Union-find; the lowest of a component stands for it. */
final class Components {
  private final int[] parent;

  Components(int size) {
    parent = new int[size];
    for (int i = 0; i < size; i++) {
      parent[i] = i;
    }
  }

  void unite(int left, int right) {
    int a = of(left);
    int b = of(right);
    parent[Math.max(a, b)] = Math.min(a, b);
  }

  int of(int index) {
    int root = index;
    while (parent[root] != root) {
      parent[root] = parent[parent[root]];
      root = parent[root];
    }
    return root;
  }
}
