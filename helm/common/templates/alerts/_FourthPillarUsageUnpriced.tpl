{{- define "common.alert.FourthPillarUsageUnpriced" -}}
- alert: FourthPillarUsageUnpriced
  expr: |
    max(fourthpillar_usage_unpriced_calls{service_name="{{ .Chart.Name }}-service"}) > 0
  for: 1h
  labels:
    severity: ticket
    service: {{ .Chart.Name }}-service
  annotations:
    summary: Usage has had no price for an hour.
    runbook_url: {{ .Values.metrics.alerts.runbooks | trimSuffix "/" }}/FourthPillarUsageUnpriced.md
{{- end -}}
