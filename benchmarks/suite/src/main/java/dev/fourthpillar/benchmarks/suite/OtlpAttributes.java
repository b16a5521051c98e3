package dev.fourthpillar.benchmarks.suite;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.util.ArrayList;
import java.util.List;

/** Attributes, one after the other. */
final class OtlpAttributes {
  private final List<KeyValue> attributes = new ArrayList<>();

  OtlpAttributes with(String key, String value) {
    return with(key, AnyValue.newBuilder().setStringValue(value));
  }

  OtlpAttributes with(String key, long value) {
    return with(key, AnyValue.newBuilder().setIntValue(value));
  }

  OtlpAttributes withDecimal(String key, double value) {
    return with(key, AnyValue.newBuilder().setDoubleValue(value));
  }

  OtlpAttributes with(List<KeyValue> others) {
    attributes.addAll(others);
    return this;
  }

  private OtlpAttributes with(String key, AnyValue.Builder value) {
    attributes.add(KeyValue.newBuilder().setKey(key).setValue(value).build());
    return this;
  }

  List<KeyValue> list() {
    return List.copyOf(attributes);
  }
}
