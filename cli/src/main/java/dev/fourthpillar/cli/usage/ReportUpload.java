package dev.fourthpillar.cli.usage;

import com.google.protobuf.ByteString;
import dev.fourthpillar.cli.pay.FileException;
import dev.fourthpillar.usage.v1.ImportReportRequest;
import dev.fourthpillar.usage.v1.ImportReportResponse;
import dev.fourthpillar.usage.v1.IngestServiceGrpc;
import dev.fourthpillar.usage.v1.IngestServiceGrpc.IngestServiceBlockingStub;
import dev.fourthpillar.usage.v1.ReportFormat;
import dev.fourthpillar.usage.v1.ReportHeader;
import io.grpc.StatusException;
import io.grpc.stub.BlockingClientCall;
import io.grpc.stub.ClientCalls;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A report sent in pieces. */
public final class ReportUpload {
  private static final int CHUNK_BYTES = 256 << 10;

  private ReportUpload() {}

  /**
   * @throws FileException when the file cannot be read
   * @throws io.grpc.StatusRuntimeException when it was refused
   */
  public static ImportReportResponse run(
      IngestServiceBlockingStub service, ReportFormat format, Path file, Steps steps) {
    BlockingClientCall<ImportReportRequest, ImportReportResponse> call =
        ClientCalls.blockingClientStreamingCall(
            service.getChannel(),
            IngestServiceGrpc.getImportReportMethod(),
            service.getCallOptions());
    try (InputStream in = Files.newInputStream(file)) {
      long size = Files.size(file);
      call.write(
          ImportReportRequest.newBuilder()
              .setHeader(
                  ReportHeader.newBuilder()
                      .setFormat(format)
                      .setSource(String.valueOf(file.getFileName())))
              .build());
      long sent = 0;
      for (byte[] chunk = in.readNBytes(CHUNK_BYTES);
          chunk.length > 0;
          chunk = in.readNBytes(CHUNK_BYTES)) {
        call.write(ImportReportRequest.newBuilder().setChunk(ByteString.copyFrom(chunk)).build());
        sent += chunk.length;
        steps.at(sent, size);
      }
      call.halfClose();
      ImportReportResponse answer = call.read();
      if (answer == null) {
        throw new IllegalStateException("the call ended without an answer");
      }
      return answer;
    } catch (IOException e) {
      throw new FileException(file, "cannot be read: " + e.getMessage(), e);
    } catch (StatusException e) {
      throw e.getStatus().asRuntimeException(e.getTrailers());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
