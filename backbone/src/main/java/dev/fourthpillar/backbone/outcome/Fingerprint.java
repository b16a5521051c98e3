package dev.fourthpillar.backbone.outcome;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a request said, as one digest per field: enough to tell which fields differ, not enough to
 * tell what they were. The salt keeps amounts and names from being guessed.
 *
 * @param salt random, of this row, in hexadecimal
 * @param digests by field path, in hexadecimal
 */
record Fingerprint(String salt, SortedMap<String, String> digests) {
  /** 96 bits: a collision would need 2^48 attempts on one request id. */
  private static final int DIGEST_BYTES = 12;

  static Fingerprint of(String salt, Map<String, byte[]> content) {
    SortedMap<String, String> digests = new TreeMap<>();
    content.forEach((path, value) -> digests.put(path, digest(salt, path, value)));
    return new Fingerprint(salt, digests);
  }

  /** The paths in which the content is another one; none when it is the same. */
  List<String> differencesTo(Map<String, byte[]> content) {
    Fingerprint other = of(salt, content);
    TreeSet<String> paths = new TreeSet<>(digests.keySet());
    paths.addAll(other.digests.keySet());
    paths.removeIf(path -> Objects.equals(digests.get(path), other.digests.get(path)));
    return List.copyOf(paths);
  }

  private static String digest(String salt, String path, byte[] value) {
    byte[] hash =
        Hashing.sha256()
            .newHasher()
            .putString(salt, StandardCharsets.US_ASCII)
            .putString(path, StandardCharsets.UTF_8)
            // Paths hold no zero byte, so that path and value cannot be confused.
            .putByte((byte) 0)
            .putBytes(value)
            .hash()
            .asBytes();
    return HexFormat.of().formatHex(hash, 0, DIGEST_BYTES);
  }
}
