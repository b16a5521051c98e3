package dev.fourthpillar.usage.conflict;

import dev.fourthpillar.backbone.edge.time.TimestampMapper;
import dev.fourthpillar.backbone.paging.Page;
import dev.fourthpillar.backbone.paging.PageRequest;
import dev.fourthpillar.backbone.paging.PageTokens;
import dev.fourthpillar.type.v1.MeterQuantity;
import dev.fourthpillar.usage.evidence.Evidence;
import dev.fourthpillar.usage.store.RejectedEvidenceRepository.Rejected;
import dev.fourthpillar.usage.v1.ConflictKind;
import dev.fourthpillar.usage.v1.ConflictingReport;
import dev.fourthpillar.usage.v1.ListConflictsRequest;
import dev.fourthpillar.usage.v1.ListConflictsResponse;
import dev.fourthpillar.usage.v1.ReconciliationServiceGrpc;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Conflicts between the contract and the domain. */
final class ConflictMapper {
  private static final String KIND = "CONFLICT_KIND_";

  private ConflictMapper() {}

  static ConflictRepository.Asked fromProto(ListConflictsRequest request) {
    return new ConflictRepository.Asked(
        request.getKind() == ConflictKind.CONFLICT_KIND_UNSPECIFIED
            ? Optional.empty()
            : Optional.of(Conflict.Kind.valueOf(request.getKind().name().substring(KIND.length()))),
        request.getTool(),
        request.hasStartTime()
            ? Optional.of(TimestampMapper.fromProto(request.getStartTime()))
            : Optional.empty(),
        request.hasEndTime()
            ? Optional.of(TimestampMapper.fromProto(request.getEndTime()))
            : Optional.empty());
  }

  static PageRequest page(ListConflictsRequest request) {
    return tokens(request).read(request.getPageSize(), request.getPageToken());
  }

  static ListConflictsResponse toProto(Page<Conflict> page, ListConflictsRequest request) {
    return ListConflictsResponse.newBuilder()
        .addAllConflicts(page.items().stream().map(ConflictMapper::toProto).toList())
        .setNextPageToken(tokens(request).next(page))
        .build();
  }

  private static PageTokens tokens(ListConflictsRequest request) {
    return PageTokens.of(
        ReconciliationServiceGrpc.getListConflictsMethod().getFullMethodName(),
        request.getKind().name(),
        request.getTool(),
        request.getStartTime().toString(),
        request.getEndTime().toString());
  }

  private static dev.fourthpillar.usage.v1.Conflict toProto(Conflict conflict) {
    var message =
        dev.fourthpillar.usage.v1.Conflict.newBuilder()
            .setTool(conflict.tool())
            .setUsageTime(TimestampMapper.toProto(conflict.time()));
    switch (conflict) {
      case Conflict.Content content -> {
        message
            .setKind(ConflictKind.CONFLICT_KIND_CONTENT)
            .setUnitId(Long.toString(content.unit()));
        content
            .contents()
            .forEach(
                report ->
                    message.addReports(
                        toProto(report, content.counts().equals(Optional.of(report)))));
      }
      case Conflict.UsageId used -> {
        message
            .setKind(ConflictKind.CONFLICT_KIND_USAGE_ID)
            .setUsageId(used.usageId())
            .setRefusedCount(used.times());
        used.unit().ifPresent(unit -> message.setUnitId(Long.toString(unit)));
        used.stands().ifPresent(report -> message.addReports(toProto(report, true)));
        message.addReports(refused(used));
      }
      case Conflict.Engineer engineer ->
          message
              .setKind(ConflictKind.CONFLICT_KIND_ENGINEER)
              .setUnitId(Long.toString(engineer.unit()))
              .setHoldEngineer(engineer.holdEngineer())
              .setHoldId(engineer.holdId())
              .addAllClaims(engineer.claims());
    }
    return message.build();
  }

  private static ConflictingReport toProto(Evidence report, boolean counts) {
    ConflictingReport.Builder message =
        ConflictingReport.newBuilder()
            .setSignal(report.signal().id())
            .setUsageTime(TimestampMapper.toProto(report.eventTime()))
            .setProvider(report.provider())
            .setModel(report.model().orElse(""))
            .setCounts(counts);
    report
        .quantities()
        .counts()
        .forEach((meter, count) -> message.addQuantities(quantity(meter.code(), count)));
    return message.build();
  }

  private static ConflictingReport refused(Conflict.UsageId used) {
    Map<String, String> said = new TreeMap<>(used.refused());
    said.remove(Rejected.USAGE_ID);
    ConflictingReport.Builder message =
        ConflictingReport.newBuilder()
            .setSignal(used.signal())
            .setUsageTime(TimestampMapper.toProto(used.time()))
            .setProvider(take(said, Rejected.PROVIDER))
            .setModel(take(said, Rejected.MODEL));
    said.forEach((meter, count) -> message.addQuantities(quantity(meter, Long.parseLong(count))));
    return message.build();
  }

  private static String take(Map<String, String> said, String name) {
    return Optional.ofNullable(said.remove(name)).orElse("");
  }

  private static MeterQuantity quantity(String meter, long count) {
    return MeterQuantity.newBuilder().setMeter(meter).setQuantity(count).build();
  }
}
