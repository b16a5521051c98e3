{{- define "common.alert.FourthPillarOutcomeUnknown" -}}
- alert: FourthPillarOutcomeUnknown
  expr: |
    sum(rate(fourthpillar_failures_total{service_name="{{ .Chart.Name }}-service",reason="OUTCOME_UNKNOWN"}[10m])) > 0
  for: 5m
  labels:
    severity: ticket
    service: {{ .Chart.Name }}-service
  annotations:
    summary: Commits of {{ .Chart.Name }}-service end without an answer.
    runbook_url: {{ .Values.metrics.alerts.runbooks | trimSuffix "/" }}/FourthPillarOutcomeUnknown.md
{{- end -}}
