{{- define "common.alert.FourthPillarTelemetryRejected" -}}
- alert: FourthPillarTelemetryRejected
  expr: |
    sum(rate(fourthpillar_otlp_records_total{service_name="{{ .Chart.Name }}-service",outcome="rejected"}[15m])) / sum(rate(fourthpillar_otlp_records_total{service_name="{{ .Chart.Name }}-service",outcome=~"counted|lower|rejected"}[15m])) > 0.05
  for: 30m
  labels:
    severity: ticket
    service: {{ .Chart.Name }}-service
  annotations:
    summary: More than 5 % of the telemetry that counts is rejected.
    runbook_url: {{ .Values.metrics.alerts.runbooks | trimSuffix "/" }}/FourthPillarTelemetryRejected.md
{{- end -}}
