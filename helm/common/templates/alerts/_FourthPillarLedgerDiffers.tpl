{{- define "common.alert.FourthPillarLedgerDiffers" -}}
- alert: FourthPillarLedgerDiffers
  expr: |
    max(fourthpillar_budget_unreconciled{service_name="{{ .Chart.Name }}-service"}) > 0
  for: 1m
  labels:
    severity: page
    service: {{ .Chart.Name }}-service
  annotations:
    summary: An account differs from its journal.
    runbook_url: {{ .Values.metrics.alerts.runbooks | trimSuffix "/" }}/FourthPillarLedgerDiffers.md
{{- end -}}
