package dev.fourthpillar.usage.otlp;

/** How the body of an export is compressed. OTLP names no other. */
public enum OtlpCompression {
  NONE,
  GZIP
}
