package dev.fourthpillar.usage.receive;

import com.google.protobuf.ByteString;
import dev.fourthpillar.usage.otlp.ExportRequest;
import dev.fourthpillar.usage.otlp.OtlpEncoding;

/** How an export is written in each encoding. */
@FunctionalInterface
interface OtlpBodies {
  ByteString of(ExportRequest export, OtlpEncoding encoding);
}
