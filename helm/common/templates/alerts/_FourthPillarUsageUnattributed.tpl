{{- define "common.alert.FourthPillarUsageUnattributed" -}}
- alert: FourthPillarUsageUnattributed
  expr: |
    max(fourthpillar_usage_unattributed_calls{service_name="{{ .Chart.Name }}-service"}) > 0
  for: 12h
  labels:
    severity: ticket
    service: {{ .Chart.Name }}-service
  annotations:
    summary: Usage has been nobody's for half a day.
    runbook_url: {{ .Values.metrics.alerts.runbooks | trimSuffix "/" }}/FourthPillarUsageUnattributed.md
{{- end -}}
