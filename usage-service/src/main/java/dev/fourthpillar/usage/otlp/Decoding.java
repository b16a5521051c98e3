package dev.fourthpillar.usage.otlp;

import static java.util.Objects.requireNonNull;

/** What came of a body: an export, or the reason why it can never become one. */
public sealed interface Decoding {

  record Accepted(ExportRequest export) implements Decoding {
    public Accepted {
      requireNonNull(export);
    }
  }

  /**
   * The sender's fault, so a retry does not help.
   *
   * @param detail for the sender; says expectation and position, never text out of the body
   */
  record Refused(Refusal refusal, String detail) implements Decoding {
    public Refused {
      requireNonNull(refusal);
      requireNonNull(detail);
    }
  }

  /** Why a body is no export. */
  enum Refusal {
    /** Larger than {@link OtlpDecoder#MAX_BODY_BYTES}, as sent or once decompressed. */
    BODY_TOO_LARGE,
    /** Not gzip, cut short, or its checksum does not match. */
    GZIP_MALFORMED,
    PROTOBUF_MALFORMED,
    JSON_MALFORMED
  }
}
