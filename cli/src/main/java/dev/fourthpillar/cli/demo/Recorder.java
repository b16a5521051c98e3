package dev.fourthpillar.cli.demo;

import dev.fourthpillar.backbone.edge.time.TimestampMapper;
import dev.fourthpillar.cli.suite.SuiteService;
import dev.fourthpillar.type.v1.Identity;
import dev.fourthpillar.type.v1.MeterQuantity;
import dev.fourthpillar.usage.v1.IngestServiceGrpc;
import dev.fourthpillar.usage.v1.IngestServiceGrpc.IngestServiceBlockingStub;
import dev.fourthpillar.usage.v1.RecordOutcome;
import dev.fourthpillar.usage.v1.RecordResult;
import dev.fourthpillar.usage.v1.RecordUsageRequest;
import dev.fourthpillar.usage.v1.RecordedUsage;
import dev.fourthpillar.usage.v1.UsageReporter;
import java.util.List;

/** Hands usage objects to usage-service; what was recorded before is not recorded again. */
final class Recorder {
  private static final int BATCH = 100;

  private final Scene scene;
  private final Api.Caller<IngestServiceBlockingStub> usage;

  Recorder(Scene scene) {
    this.scene = scene;
    this.usage =
        scene
            .api()
            .of(SuiteService.USAGE, IngestServiceGrpc::newBlockingStub, scene.api().ingest());
  }

  void record(List<Report> reports) {
    for (int from = 0; from < reports.size(); from += BATCH) {
      List<Report> batch = reports.subList(from, Math.min(from + BATCH, reports.size()));
      send(batch.stream().map(Recorder::toProto).toList());
    }
  }

  /** The tool reports the same call that the gateway has settled; the provider's id says so. */
  void recordTheGatewaysCallAgain() {
    send(
        List.of(
            RecordedUsage.newBuilder()
                .setUsageId(scene.ids().of("told-by-the-tool"))
                .setEventTime(TimestampMapper.toProto(scene.calendar().asOf()))
                .setProvider("anthropic")
                .setModel(Workload.OPUS)
                .addQuantities(Gateway.tokens("input", GatewayChapter.INPUT))
                .addQuantities(Gateway.tokens("output", GatewayChapter.OUTPUT))
                .addProviderIds(scene.ids().of(GatewayChapter.CALL))
                .setEngineer(Company.ADA)
                .setTool("workbench")
                .build()));
    scene.narrator().say("Ada's tool reports the call that went through the gateway as well.");
  }

  /** A call of an engineer's, at the beginning of the story. */
  void recordOf(String engineer, String id, String project, Consumption consumed) {
    send(List.of(atTheBeginning(id, project, consumed).setEngineer(engineer).build()));
  }

  /** A call of whoever has this identity. */
  void recordOf(Identity identity, String id, String project, Consumption consumed) {
    send(List.of(atTheBeginning(id, project, consumed).addIdentities(identity).build()));
  }

  private RecordedUsage.Builder atTheBeginning(String id, String project, Consumption consumed) {
    return RecordedUsage.newBuilder()
        .setUsageId(id)
        // Long before Ada's hold, or the call would wait for it.
        .setEventTime(TimestampMapper.toProto(scene.calendar().start()))
        .setProvider(consumed.provider())
        .setModel(consumed.model())
        .addQuantities(Gateway.tokens("input", consumed.input()))
        .addQuantities(Gateway.tokens("output", consumed.output()))
        .setTool("workbench")
        .setProject(project);
  }

  private void send(List<RecordedUsage> records) {
    RecordUsageRequest request = RecordUsageRequest.newBuilder().addAllRecords(records).build();
    for (RecordResult result : usage.call(stub -> stub.recordUsage(request)).getResultsList()) {
      // A duplicate where an answer was lost and the call was made again.
      if (result.getOutcome() != RecordOutcome.RECORD_OUTCOME_ACCEPTED
          && result.getOutcome() != RecordOutcome.RECORD_OUTCOME_DUPLICATE) {
        throw new DemoException(
            "%s: %s %s (expected: accepted)"
                .formatted(result.getUsageId(), result.getOutcome(), result.getRejection()));
      }
    }
  }

  private static RecordedUsage toProto(Report report) {
    Consumption consumed = report.consumption();
    RecordedUsage.Builder record =
        RecordedUsage.newBuilder()
            .setUsageId(report.id())
            .setEventTime(TimestampMapper.toProto(report.time()))
            .setProvider(consumed.provider())
            .setModel(consumed.model())
            .setEngineer(report.engineer())
            .setReporter(UsageReporter.USAGE_REPORTER_PROVIDER)
            .setTool(report.tool())
            .setProject(report.project())
            .setSession(report.session())
            .setPrompt(report.prompt())
            .setAgent(report.agent())
            .setAgentId(report.agentRun())
            .setParentAgentId(report.worksForRun());
    add(record, "input", consumed.input());
    add(record, "cache_read", consumed.cacheRead());
    add(record, "output", consumed.output());
    return record.build();
  }

  private static void add(RecordedUsage.Builder record, String meter, long count) {
    if (count > 0) {
      record.addQuantities(MeterQuantity.newBuilder().setMeter(meter).setQuantity(count).build());
    }
  }
}
