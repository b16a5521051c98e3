{{- define "common.alert.FourthPillarUsageUnmatched" -}}
- alert: FourthPillarUsageUnmatched
  expr: |
    max(fourthpillar_usage_unmatched_calls{service_name="{{ .Chart.Name }}-service"}) > 0
  for: 12h
  labels:
    severity: ticket
    service: {{ .Chart.Name }}-service
  annotations:
    summary: Usage without a hold has waited for a decision for half a day.
    runbook_url: {{ .Values.metrics.alerts.runbooks | trimSuffix "/" }}/FourthPillarUsageUnmatched.md
{{- end -}}
