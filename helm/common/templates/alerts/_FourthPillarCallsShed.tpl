{{- define "common.alert.FourthPillarCallsShed" -}}
- alert: FourthPillarCallsShed
  expr: |
    sum(rate(fourthpillar_failures_total{service_name="{{ .Chart.Name }}-service",reason="OVERLOADED"}[5m])) / sum(rate(grpc_server_processing_duration_seconds_count{service_name="{{ .Chart.Name }}-service"}[5m])) > 0.01
  for: 5m
  labels:
    severity: page
    service: {{ .Chart.Name }}-service
  annotations:
    summary: {{ .Chart.Name }}-service sheds more than 1 % of its calls.
    runbook_url: {{ .Values.metrics.alerts.runbooks | trimSuffix "/" }}/FourthPillarCallsShed.md
{{- end -}}
