package dev.fourthpillar.usage.report;

import dev.fourthpillar.backbone.edge.money.MoneyMapper;
import dev.fourthpillar.backbone.edge.time.DateMapper;
import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.paging.Page;
import dev.fourthpillar.backbone.paging.PageRequest;
import dev.fourthpillar.backbone.paging.PageTokens;
import dev.fourthpillar.type.v1.MeterQuantity;
import dev.fourthpillar.usage.v1.ImportReportResponse;
import dev.fourthpillar.usage.v1.ListDifferencesRequest;
import dev.fourthpillar.usage.v1.ListDifferencesResponse;
import dev.fourthpillar.usage.v1.ReconciliationServiceGrpc;
import dev.fourthpillar.usage.v1.RejectedRow;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reports between the contract and the domain. */
public final class ReportMapper {
  private static final String FORMAT = "REPORT_FORMAT_";
  private static final int MAX_DAYS = 92;
  private static final BigInteger LARGEST = BigInteger.valueOf(Long.MAX_VALUE);

  private ReportMapper() {}

  static ReportFormat format(dev.fourthpillar.usage.v1.ReportFormat format) {
    return ReportFormat.valueOf(format.name().substring(FORMAT.length()));
  }

  static ImportReportResponse toProto(Report report) {
    return ImportReportResponse.newBuilder()
        .setRowCount(report.rows())
        .setLineCount(report.lines().size())
        .setRejectedCount(report.rejected())
        .addAllRejectedRows(
            report.rejectedRows().stream()
                .map(
                    row ->
                        RejectedRow.newBuilder().setRow(row.row()).setReason(row.reason()).build())
                .toList())
        .build();
  }

  public static ReportService.Asked fromProto(ListDifferencesRequest request) {
    LocalDate from = DateMapper.fromProto(request.getStartDay(), "start_day");
    LocalDate to = DateMapper.fromProto(request.getEndDay(), "end_day");
    if (to.isBefore(from) || ChronoUnit.DAYS.between(from, to) > MAX_DAYS) {
      throw Failure.invalidField(
              "end_day",
              "%s (expected: %s to %s)".formatted(to, from, from.plusDays(MAX_DAYS)),
              "span")
          .asException();
    }
    return new ReportService.Asked(
        from,
        to,
        Optional.of(request.getProvider()).filter(provider -> !provider.isEmpty()),
        request.getIncludeEqual());
  }

  public static PageRequest page(ListDifferencesRequest request) {
    return tokens(request).read(request.getPageSize(), request.getPageToken());
  }

  public static ListDifferencesResponse toProto(
      Page<Difference> page, ListDifferencesRequest request) {
    return ListDifferencesResponse.newBuilder()
        .addAllDifferences(page.items().stream().map(ReportMapper::toProto).toList())
        .setNextPageToken(tokens(request).next(page))
        .build();
  }

  private static PageTokens tokens(ListDifferencesRequest request) {
    return PageTokens.of(
        ReconciliationServiceGrpc.getListDifferencesMethod().getFullMethodName(),
        request.getStartDay().toString(),
        request.getEndDay().toString(),
        request.getProvider(),
        Boolean.toString(request.getIncludeEqual()));
  }

  private static dev.fourthpillar.usage.v1.Difference toProto(Difference line) {
    ReportRow.Key key = line.said().key();
    var message =
        dev.fourthpillar.usage.v1.Difference.newBuilder()
            .setDay(DateMapper.toProto(key.day()))
            .setLastDay(DateMapper.toProto(key.lastDay()))
            .setFormat(line.format().name())
            .setProvider(key.provider())
            .setModel(key.model())
            .setKey(key.key())
            .setEngineer(line.engineer().orElse(""))
            .addAllReported(quantities(line.said().meters()))
            .addAllCounted(quantities(line.counted()))
            .setEqual(line.equal());
    line.said()
        .cost()
        .ifPresent(
            cost -> message.setReportedAmount(MoneyMapper.toProto(cost.currency(), cost.nanos())));
    line.countedCost()
        .ifPresent(
            cost -> message.setCountedAmount(MoneyMapper.toProto(cost.currency(), cost.nanos())));
    return message.build();
  }

  private static List<MeterQuantity> quantities(Map<String, BigInteger> meters) {
    return meters.entrySet().stream()
        .map(
            meter ->
                MeterQuantity.newBuilder()
                    .setMeter(meter.getKey())
                    .setQuantity(meter.getValue().min(LARGEST).longValueExact())
                    .build())
        .toList();
  }
}
