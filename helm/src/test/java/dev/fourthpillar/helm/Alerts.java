package dev.fourthpillar.helm;

import dev.fourthpillar.helm.Charts.Rendering;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;

/** The alerts and dashboards of the charts, as they are installed. */
final class Alerts {
  /** What looks like a metric in PromQL: a name before a selector or a range, or standing alone. */
  private static final Pattern METRIC =
      Pattern.compile("\\b([a-z][a-z0-9]*_[a-z0-9_]+)\\b(?=[\\[{\\s)]|$)");

  private static final Pattern SELECTOR = Pattern.compile("\\{[^}]*}");
  private static final Pattern GROUPING = Pattern.compile("\\b(by|without) ?\\([^)]*\\)");

  private Alerts() {}

  /** The rules of a service's chart by the name of their alert. */
  static Map<String, Map<String, Object>> of(String chart) {
    Map<String, Map<String, Object>> alerts = new LinkedHashMap<>();
    Rendering.of(chart, "full")
        .manifests()
        .of("PrometheusRule")
        .flatMap(rule -> rule.list("spec.groups").stream())
        .flatMap(group -> rules(group).stream())
        .forEach(rule -> alerts.put((String) rule.get("alert"), rule));
    return alerts;
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> rules(Map<String, Object> group) {
    return (List<Map<String, Object>>) group.get("rules");
  }

  /** The metrics that an expression reads. */
  static Set<String> metrics(String expression) {
    String bare = GROUPING.matcher(SELECTOR.matcher(expression).replaceAll("{}")).replaceAll("");
    return METRIC
        .matcher(bare)
        .results()
        .map(found -> found.group(1))
        .filter(name -> !name.startsWith("min_over_time") && !name.equals("histogram_quantile"))
        .collect(Collectors.toSet());
  }

  /** Every expression of a chart's dashboards. */
  @SuppressWarnings("unchecked")
  static Stream<String> ofDashboards(String chart) {
    return Rendering.of(chart, "full")
        .manifests()
        .of("ConfigMap")
        .filter(map -> map.map("metadata.labels").containsKey("grafana_dashboard"))
        .flatMap(map -> map.map("data").values().stream())
        .map(json -> (Map<String, Object>) new Yaml().load((String) json))
        .flatMap(board -> ((List<Map<String, Object>>) board.get("panels")).stream())
        .flatMap(panel -> ((List<Map<String, Object>>) panel.get("targets")).stream())
        .map(target -> (String) target.get("expr"));
  }
}
