package dev.fourthpillar.usage.otlp;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.Comparator;
import java.util.List;

/**
 * Names of time series. Two series differ in anything their sender says of them, so everything goes
 * in, what the door does not keep included; what comes out is a hash, and says nothing of it.
 */
final class SeriesIds {
  /** Half of it is more than enough to tell series apart. */
  private static final int HEX_CHARS = 32;

  /** What all series of a scope share. */
  private final byte[] origin;

  SeriesIds(Resource resource, InstrumentationScope scope) {
    Hasher hasher = Hashing.sha256().newHasher();
    put(hasher, resource.getAttributesList());
    put(hasher, scope.getName());
    put(hasher, scope.getVersion());
    put(hasher, scope.getAttributesList());
    this.origin = hasher.hash().asBytes();
  }

  /** The same whatever the order of the attributes. */
  String of(String metric, List<KeyValue> attributes) {
    Hasher hasher = Hashing.sha256().newHasher();
    put(hasher, origin);
    put(hasher, metric);
    put(hasher, attributes);
    return hasher.hash().toString().substring(0, HEX_CHARS);
  }

  private static void put(Hasher hasher, List<KeyValue> attributes) {
    hasher.putInt(attributes.size());
    attributes.stream()
        .sorted(Comparator.comparing(KeyValue::getKey))
        .forEach(
            attribute -> {
              put(hasher, attribute.getKey());
              put(hasher, attribute.getValue().toByteArray());
            });
  }

  private static void put(Hasher hasher, String text) {
    put(hasher, text.getBytes(UTF_8));
  }

  private static void put(Hasher hasher, byte[] bytes) {
    hasher.putInt(bytes.length).putBytes(bytes);
  }
}
