{{- define "common.alert.FourthPillarInternalErrors" -}}
- alert: FourthPillarInternalErrors
  expr: |
    sum(rate(fourthpillar_failures_total{service_name="{{ .Chart.Name }}-service",reason="INTERNAL"}[10m])) > 0
  for: 10m
  labels:
    severity: ticket
    service: {{ .Chart.Name }}-service
  annotations:
    summary: {{ .Chart.Name }}-service answers calls with INTERNAL.
    runbook_url: {{ .Values.metrics.alerts.runbooks | trimSuffix "/" }}/FourthPillarInternalErrors.md
{{- end -}}
