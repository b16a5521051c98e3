package dev.fourthpillar.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.usage.otlp.ExportRequest;
import dev.fourthpillar.usage.otlp.OtlpEncoding;
import dev.fourthpillar.usage.unit.UnitBook;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Senders, collectors and networks cut batches anew, reorder and repeat them. The totals do not
 * notice.
 */
class BatchingTest {

  @Provide
  Arbitrary<String> folders() {
    return Arbitraries.of(Captures.FOLDERS);
  }

  @Property(tries = 60)
  void batchesCutAnewShuffledAndRepeatedGiveTheSameUnits(
      @ForAll("folders") String folder, @ForAll long seed) {
    List<ExportRequest> original = Captures.exports(folder, OtlpEncoding.PROTOBUF);
    UnitBook cutAnew = Captures.book(cutAnew(original, new Random(seed)));

    assertThat(Tokens.byModel(cutAnew.units())).isEqualTo(Tokens.expectedByModel(folder));
    assertThat(essence(cutAnew)).isEqualTo(essence(Captures.book(original)));
  }

  private static Set<List<Object>> essence(UnitBook book) {
    return Stream.concat(book.units().stream(), book.unelected().stream())
        .map(
            unit ->
                List.<Object>of(
                    unit.evidence(),
                    unit.aliases(),
                    unit.pricing(),
                    unit.attribution(),
                    unit.quantities()))
        .collect(Collectors.toSet());
  }

  /**
   * Every record alone, some of them twice, in any order, gathered again into batches of any size.
   */
  private static List<ExportRequest> cutAnew(List<ExportRequest> exports, Random random) {
    List<ResourceLogs> logs = new ArrayList<>();
    List<ResourceSpans> spans = new ArrayList<>();
    List<ResourceMetrics> metrics = new ArrayList<>();
    List<ExportRequest> batches = new ArrayList<>();
    for (ExportRequest export : exports) {
      switch (export) {
        case ExportRequest.Logs(ExportLogsServiceRequest request) -> {
          for (ResourceLogs resource : request.getResourceLogsList()) {
            for (ScopeLogs scope : resource.getScopeLogsList()) {
              for (LogRecord log : scope.getLogRecordsList()) {
                ScopeLogs alone = scope.toBuilder().clearLogRecords().addLogRecords(log).build();
                logs.add(resource.toBuilder().clearScopeLogs().addScopeLogs(alone).build());
              }
            }
          }
        }
        case ExportRequest.Traces(ExportTraceServiceRequest request) -> {
          for (ResourceSpans resource : request.getResourceSpansList()) {
            for (ScopeSpans scope : resource.getScopeSpansList()) {
              for (Span span : scope.getSpansList()) {
                ScopeSpans alone = scope.toBuilder().clearSpans().addSpans(span).build();
                spans.add(resource.toBuilder().clearScopeSpans().addScopeSpans(alone).build());
              }
            }
          }
        }
        case ExportRequest.Metrics(ExportMetricsServiceRequest request) -> {
          for (ResourceMetrics resource : request.getResourceMetricsList()) {
            for (ScopeMetrics scope : resource.getScopeMetricsList()) {
              for (Metric metric : scope.getMetricsList()) {
                for (Metric point : points(metric)) {
                  ScopeMetrics alone = scope.toBuilder().clearMetrics().addMetrics(point).build();
                  metrics.add(
                      resource.toBuilder().clearScopeMetrics().addScopeMetrics(alone).build());
                }
              }
            }
          }
        }
      }
    }
    for (List<ResourceLogs> batch : gather(logs, random)) {
      batches.add(
          new ExportRequest.Logs(
              ExportLogsServiceRequest.newBuilder().addAllResourceLogs(batch).build()));
    }
    for (List<ResourceSpans> batch : gather(spans, random)) {
      batches.add(
          new ExportRequest.Traces(
              ExportTraceServiceRequest.newBuilder().addAllResourceSpans(batch).build()));
    }
    for (List<ResourceMetrics> batch : gather(metrics, random)) {
      batches.add(
          new ExportRequest.Metrics(
              ExportMetricsServiceRequest.newBuilder().addAllResourceMetrics(batch).build()));
    }
    Collections.shuffle(batches, random);
    return batches;
  }

  /** The metric as often as it has points, each time with one of them. */
  private static List<Metric> points(Metric metric) {
    List<Metric> alone = new ArrayList<>();
    switch (metric.getDataCase()) {
      case SUM ->
          metric
              .getSum()
              .getDataPointsList()
              .forEach(
                  point -> {
                    Metric.Builder one = metric.toBuilder();
                    one.getSumBuilder().clearDataPoints().addDataPoints(point);
                    alone.add(one.build());
                  });
      case HISTOGRAM ->
          metric
              .getHistogram()
              .getDataPointsList()
              .forEach(
                  point -> {
                    Metric.Builder one = metric.toBuilder();
                    one.getHistogramBuilder().clearDataPoints().addDataPoints(point);
                    alone.add(one.build());
                  });
      case GAUGE, EXPONENTIAL_HISTOGRAM, SUMMARY, DATA_NOT_SET -> alone.add(metric);
    }
    return alone;
  }

  private static <T> List<List<T>> gather(List<T> single, Random random) {
    List<T> shuffled = new ArrayList<>(single);
    single.stream().filter(one -> random.nextInt(4) == 0).forEach(shuffled::add);
    Collections.shuffle(shuffled, random);
    List<List<T>> batches = new ArrayList<>();
    for (int from = 0; from < shuffled.size(); ) {
      int to = Math.min(shuffled.size(), from + 1 + random.nextInt(20));
      batches.add(shuffled.subList(from, to));
      from = to;
    }
    return batches;
  }
}
