{{- define "common.alert.FourthPillarPendingUsage" -}}
- alert: FourthPillarPendingUsage
  expr: |
    min(min_over_time(fourthpillar_budget_pending_lines{service_name="{{ .Chart.Name }}-service"}[1h])) > 0
  for: 1h
  labels:
    severity: ticket
    service: {{ .Chart.Name }}-service
  annotations:
    summary: Usage has waited for more than an hour to be booked.
    runbook_url: {{ .Values.metrics.alerts.runbooks | trimSuffix "/" }}/FourthPillarPendingUsage.md
{{- end -}}
