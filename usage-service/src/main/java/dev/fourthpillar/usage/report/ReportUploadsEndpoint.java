package dev.fourthpillar.usage.report;

import com.google.protobuf.ByteString;
import dev.fourthpillar.backbone.caller.Caller;
import dev.fourthpillar.backbone.edge.auth.Callers;
import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.Reason;
import dev.fourthpillar.usage.v1.ImportReportRequest;
import dev.fourthpillar.usage.v1.ImportReportResponse;
import dev.fourthpillar.usage.v1.ReportHeader;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Reports as they come in, piece by piece. */
@Singleton
public final class ReportUploadsEndpoint {
  /** Of one report. */
  static final int MAX_BYTES = 32 << 20;

  private final ReportService reports;

  ReportUploadsEndpoint(ReportService reports) {
    this.reports = reports;
  }

  public StreamObserver<ImportReportRequest> open(StreamObserver<ImportReportResponse> observer) {
    return new Upload(observer, Callers.current());
  }

  private final class Upload implements StreamObserver<ImportReportRequest> {
    private final StreamObserver<ImportReportResponse> observer;
    private final Caller author;
    private @Nullable ReportHeader header;
    private ByteString bytes = ByteString.EMPTY;

    Upload(StreamObserver<ImportReportResponse> observer, Caller author) {
      this.observer = observer;
      this.author = author;
    }

    @Override
    public void onNext(ImportReportRequest part) {
      switch (part.getPartCase()) {
        case HEADER -> {
          if (header != null) {
            throw invalid("header", "comes twice (expected: once)");
          }
          header = part.getHeader();
        }
        case CHUNK -> append(part.getChunk());
        case PART_NOT_SET -> throw invalid("part", "one of header, chunk must be set");
      }
    }

    private void append(ByteString chunk) {
      if (header == null) {
        throw invalid("header", "missing (expected: before the first chunk)");
      }
      bytes = bytes.concat(chunk);
      if (bytes.size() > MAX_BYTES) {
        throw Failure.of(
                Reason.LIMIT_EXCEEDED,
                "report-bytes: %d (expected: at most %d)".formatted(bytes.size(), MAX_BYTES))
            .with("limit", "report-bytes")
            .with("max", Integer.toString(MAX_BYTES))
            .with("actual", Integer.toString(bytes.size()))
            .asException();
      }
    }

    @Override
    public void onCompleted() {
      if (header == null || bytes.isEmpty()) {
        throw invalid(
            header == null ? "header" : "chunk", "missing (expected: a header and bytes)");
      }
      observer.onNext(
          ReportMapper.toProto(
              reports.importReport(
                  ReportMapper.format(header.getFormat()),
                  header.getSource(),
                  author.subject(),
                  bytes.toByteArray())));
      observer.onCompleted();
    }

    @Override
    public void onError(Throwable gone) {
      // Nothing was taken yet.
    }

    private static RuntimeException invalid(String field, String what) {
      return Failure.invalidField(field, what, "report_upload").asException();
    }
  }
}
