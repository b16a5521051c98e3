package dev.fourthpillar.usage.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.type.Date;
import dev.fourthpillar.backbone.caller.Role;
import dev.fourthpillar.testkit.postgres.PostgresTest;
import dev.fourthpillar.testkit.postgres.TestDatabase;
import dev.fourthpillar.usage.settle.Usages;
import dev.fourthpillar.usage.settle.World;
import dev.fourthpillar.usage.v1.Difference;
import dev.fourthpillar.usage.v1.ImportReportRequest;
import dev.fourthpillar.usage.v1.ImportReportResponse;
import dev.fourthpillar.usage.v1.IngestServiceGrpc;
import dev.fourthpillar.usage.v1.IngestServiceGrpc.IngestServiceBlockingStub;
import dev.fourthpillar.usage.v1.ListDifferencesRequest;
import dev.fourthpillar.usage.v1.ListDifferencesResponse;
import dev.fourthpillar.usage.v1.ReconciliationServiceGrpc;
import dev.fourthpillar.usage.v1.ReconciliationServiceGrpc.ReconciliationServiceBlockingStub;
import dev.fourthpillar.usage.v1.ReportFormat;
import dev.fourthpillar.usage.v1.ReportHeader;
import io.grpc.stub.BlockingClientCall;
import io.grpc.stub.ClientCalls;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Reports beside what was counted. A call is 1,000 in and 200 out of Opus 4.5: 0.010 dollars, which
 * are 1 cent.
 */
@PostgresTest
class ReportTest {
  private static final long CALL = 10_000_000L;

  private static World world;

  @BeforeAll
  static void start(TestDatabase database) {
    world = World.start(database);
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  @BeforeEach
  void twoCallsOfAdaAndOneOfBob() {
    world.clear();
    world.person("ada", "US", "ada@example.com");
    world.person("bob", "US", "bob@example.com");
    world.report(
        Usages.call("req_1"), Usages.call("req_2"), Usages.call("req_3").of("bob@example.com"));
  }

  @Test
  void aReportIsComparedPerDayModelAndKeyAndNeverAdded() throws Exception {
    importReport(
        ReportFormat.REPORT_FORMAT_CLAUDE_CODE_ANALYTICS,
        analytics("ada@example.com", 2_000, 400, "2.0")
            + analytics("bob@example.com", 1_500, 200, "1.0")
            + analytics("who@example.com", 5, 1, "0.1"));

    // The report's dated name is the book's model. Of the sum: 3,505 and 601, 3.1 cents.
    assertThat(shown(differences(true)))
        .containsExactly(
            " *: input 3505/3000, output 601/600, 0.031/0.03, differs",
            "ada ada@example.com: input 2000/2000, output 400/400, 0.02/0.02, agrees",
            "bob bob@example.com: input 1500/1000, output 200/200, 0.01/0.01, differs",
            " who@example.com: input 5/0, output 1/0, 0.001/0, differs");
    assertThat(shown(differences(false))).hasSize(3);
    assertThat(world.charged()).isEqualTo(Map.of("ada", 2 * CALL, "bob", CALL));

    // The next day's report of the same day says better, and replaces it.
    importReport(
        ReportFormat.REPORT_FORMAT_CLAUDE_CODE_ANALYTICS,
        analytics("bob@example.com", 1_000, 200, "1.0") + analytics("who@example.com", 0, 0, "0"));
    assertThat(differences(false)).isEmpty();
  }

  @Test
  void aReportWithoutKeysIsComparedWithEverybody() throws Exception {
    ImportReportResponse answer =
        importReport(
            ReportFormat.REPORT_FORMAT_JSON_LINES,
            """
            {"day": "2026-11-20", "provider": "anthropic", "model": "claude-opus-4-5", "meter": "input", "quantity": 3000}
            {"day": "2026-11-20", "provider": "anthropic", "model": "claude-opus-4-5", "meter": "nothing", "quantity": 1}
            {"day": "2026-11-20", "provider": "anthropic", "model": "", "meter": "output", "quantity": 599}
            """);

    assertThat(answer.getRowCount()).isEqualTo(3);
    assertThat(answer.getRejectedCount()).isEqualTo(1);
    assertThat(answer.getRejectedRows(0).getRow()).isEqualTo(2);
    assertThat(shown(differences(true)))
        .containsExactly(" *: output 599/600, differs", " *: input 3000/3000, agrees");
  }

  @Test
  void linesArePages() throws Exception {
    importReport(
        ReportFormat.REPORT_FORMAT_CLAUDE_CODE_ANALYTICS,
        analytics("ada@example.com", 1, 1, "1") + analytics("bob@example.com", 1, 1, "1"));

    List<Difference> all = new ArrayList<>();
    ListDifferencesRequest.Builder request = request(true).setPageSize(2);
    ListDifferencesResponse page;
    do {
      page = finance().listDifferences(request.build());
      all.addAll(page.getDifferencesList());
      request.setPageToken(page.getNextPageToken());
    } while (!page.getNextPageToken().isEmpty());

    assertThat(all).isEqualTo(differences(true)).hasSize(3);
  }

  @Test
  void wrongUploadsAreRefusedByName() {
    assertThatThrownBy(() -> upload(List.of(chunk("{}")))).hasMessageContaining("header");
    assertThatThrownBy(() -> upload(List.of(header(ReportFormat.REPORT_FORMAT_CSV))))
        .hasMessageContaining("chunk");
    assertThatThrownBy(
            () ->
                upload(
                    List.of(header(ReportFormat.REPORT_FORMAT_ANTHROPIC_USAGE), chunk("no json"))))
        .hasMessageContaining("chunk");
    assertThatThrownBy(
            () ->
                finance()
                    .listDifferences(
                        request(true)
                            .setEndDay(Date.newBuilder().setYear(2027).setMonth(6).setDay(1))
                            .build()))
        .hasMessageContaining("end_day");
  }

  private static String analytics(String email, long input, long output, String cents) {
    return """
        {"data": [{"date": "2026-11-20T00:00:00Z",
          "actor": {"type": "user_actor", "email_address": "%s"},
          "model_breakdown": [{"model": "claude-opus-4-5-20251101",
            "tokens": {"input": %d, "output": %d},
            "estimated_cost": {"amount": "%s", "currency": "USD"}}]}]}
        """
        .formatted(email, input, output, cents);
  }

  private static List<String> shown(List<Difference> lines) {
    return lines.stream()
        .map(
            line -> {
              String meters =
                  line.getReportedList().stream()
                      .map(
                          said ->
                              "%s %d/%d"
                                  .formatted(
                                      said.getMeter(),
                                      said.getQuantity(),
                                      line.getCountedList().stream()
                                          .filter(c -> c.getMeter().equals(said.getMeter()))
                                          .findFirst()
                                          .orElseThrow()
                                          .getQuantity()))
                      .collect(Collectors.joining(", "));
              String cost =
                  line.hasReportedAmount()
                      ? ", %s/%s"
                          .formatted(
                              World.dollars(line.getReportedAmount()).toPlainString(),
                              World.dollars(line.getCountedAmount()).toPlainString())
                      : "";
              return "%s %s: %s%s, %s"
                  .formatted(
                      line.getEngineer(),
                      line.getKey().isEmpty() ? "*" : line.getKey(),
                      meters,
                      cost,
                      line.getEqual() ? "agrees" : "differs");
            })
        .toList();
  }

  private static List<Difference> differences(boolean equalToo) {
    return finance().listDifferences(request(equalToo).build()).getDifferencesList();
  }

  private static ListDifferencesRequest.Builder request(boolean equalToo) {
    Date day = Date.newBuilder().setYear(2026).setMonth(11).setDay(20).build();
    return ListDifferencesRequest.newBuilder()
        .setStartDay(day)
        .setEndDay(day)
        .setIncludeEqual(equalToo);
  }

  private static ReconciliationServiceBlockingStub finance() {
    return world
        .service()
        .stub(ReconciliationServiceGrpc::newBlockingStub, world.service().as("fin", Role.FINANCE));
  }

  private static ImportReportResponse importReport(ReportFormat format, String file)
      throws Exception {
    return upload(List.of(header(format), chunk(file)));
  }

  private static ImportReportRequest header(ReportFormat format) {
    return ImportReportRequest.newBuilder()
        .setHeader(ReportHeader.newBuilder().setFormat(format).setSource("by hand"))
        .build();
  }

  private static ImportReportRequest chunk(String text) {
    return ImportReportRequest.newBuilder().setChunk(ByteString.copyFromUtf8(text)).build();
  }

  private static ImportReportResponse upload(List<ImportReportRequest> parts) throws Exception {
    IngestServiceBlockingStub ingest =
        world
            .service()
            .stub(IngestServiceGrpc::newBlockingStub, world.service().as("fin", Role.FINANCE));
    BlockingClientCall<ImportReportRequest, ImportReportResponse> call =
        ClientCalls.blockingClientStreamingCall(
            ingest.getChannel(),
            IngestServiceGrpc.getImportReportMethod(),
            ingest.getCallOptions());
    for (ImportReportRequest part : parts) {
      call.write(part);
    }
    call.halfClose();
    return call.read();
  }
}
