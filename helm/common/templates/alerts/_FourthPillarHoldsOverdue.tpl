{{- define "common.alert.FourthPillarHoldsOverdue" -}}
- alert: FourthPillarHoldsOverdue
  expr: |
    min(fourthpillar_budget_holds_overdue_seconds{service_name="{{ .Chart.Name }}-service"}) > 300
  for: 5m
  labels:
    severity: page
    service: {{ .Chart.Name }}-service
  annotations:
    summary: Holds whose time is over are not ended.
    runbook_url: {{ .Values.metrics.alerts.runbooks | trimSuffix "/" }}/FourthPillarHoldsOverdue.md
{{- end -}}
