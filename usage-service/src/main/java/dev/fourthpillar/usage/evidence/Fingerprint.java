package dev.fourthpillar.usage.evidence;

import static java.util.Objects.requireNonNull;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import dev.fourthpillar.pricing.quantity.Quantities;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The first half of a SHA-256: small enough for an index, too large to collide by chance or by
 * cheap intent.
 */
public record Fingerprint(long high, long low) implements Comparable<Fingerprint> {

  private static final Comparator<Fingerprint> ORDER =
      Comparator.comparingLong(Fingerprint::high).thenComparingLong(Fingerprint::low);

  /** Every field goes in with its length, so that ("ab", "c") and ("a", "bc") differ. */
  public static Fingerprint of(List<String> fields) {
    Hasher hasher = Hashing.sha256().newHasher();
    for (String field : fields) {
      byte[] bytes = requireNonNull(field).getBytes(StandardCharsets.UTF_8);
      // With the most significant byte first, which is not how the hasher puts an int.
      hasher.putBytes(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
      hasher.putBytes(bytes);
    }
    ByteBuffer hash = ByteBuffer.wrap(hasher.hash().asBytes());
    return new Fingerprint(hash.getLong(), hash.getLong());
  }

  /** Quantities as fields, each meter with its count. */
  public static List<String> fields(Quantities quantities) {
    List<String> fields = new ArrayList<>();
    quantities
        .counts()
        .forEach(
            (meter, count) -> {
              fields.add(meter.code());
              fields.add(Long.toString(count));
            });
    return fields;
  }

  @Override
  public int compareTo(Fingerprint other) {
    return ORDER.compare(this, other);
  }
}
