package dev.fourthpillar.usage.record;

import dev.fourthpillar.backbone.edge.Reply;
import dev.fourthpillar.backbone.edge.auth.Callers;
import dev.fourthpillar.usage.report.ReportUploadsEndpoint;
import dev.fourthpillar.usage.v1.ImportReportRequest;
import dev.fourthpillar.usage.v1.ImportReportResponse;
import dev.fourthpillar.usage.v1.IngestServiceGrpc;
import dev.fourthpillar.usage.v1.RecordUsageRequest;
import dev.fourthpillar.usage.v1.RecordUsageResponse;
import dev.fourthpillar.usage.v1.StreamUsageRequest;
import dev.fourthpillar.usage.v1.StreamUsageResponse;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Singleton;

/** IngestService: map, call, map. */
@Singleton
final class IngestEndpoint extends IngestServiceGrpc.IngestServiceImplBase {
  private final IngestService ingest;
  private final UsageStreamsEndpoint streams;
  private final ReportUploadsEndpoint reports;

  IngestEndpoint(
      IngestService ingest, UsageStreamsEndpoint streams, ReportUploadsEndpoint reports) {
    this.ingest = ingest;
    this.streams = streams;
    this.reports = reports;
  }

  @Override
  public StreamObserver<StreamUsageRequest> streamUsage(
      StreamObserver<StreamUsageResponse> observer) {
    return streams.open(observer);
  }

  @Override
  public StreamObserver<ImportReportRequest> importReport(
      StreamObserver<ImportReportResponse> observer) {
    return reports.open(observer);
  }

  @Override
  public void recordUsage(
      RecordUsageRequest request, StreamObserver<RecordUsageResponse> observer) {
    Reply.once(
        observer,
        IngestMapper.toProto(ingest.record(IngestMapper.fromProto(request, Callers.current()))));
  }
}
