package dev.fourthpillar.usage.otlp;

/** How the body of an export is written. */
public enum OtlpEncoding {
  PROTOBUF,
  JSON
}
