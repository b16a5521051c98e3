{{- define "common.alert.FourthPillarMemoryHigh" -}}
- alert: FourthPillarMemoryHigh
  expr: |
    sum by (pod) (jvm_memory_used_bytes{service_name="{{ .Chart.Name }}-service",area="heap"}) / sum by (pod) (jvm_memory_max_bytes{service_name="{{ .Chart.Name }}-service",area="heap"} > 0) > 0.95
  for: 15m
  labels:
    severity: ticket
    service: {{ .Chart.Name }}-service
  annotations:
    summary: A pod of {{ .Chart.Name }}-service has used almost all of its heap for a quarter of an hour.
    runbook_url: {{ .Values.metrics.alerts.runbooks | trimSuffix "/" }}/FourthPillarMemoryHigh.md
{{- end -}}
