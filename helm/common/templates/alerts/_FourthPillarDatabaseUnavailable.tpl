{{- define "common.alert.FourthPillarDatabaseUnavailable" -}}
- alert: FourthPillarDatabaseUnavailable
  expr: |
    sum(rate(fourthpillar_failures_total{service_name="{{ .Chart.Name }}-service",reason="STORAGE_UNAVAILABLE"}[2m])) > 0
  for: 2m
  labels:
    severity: page
    service: {{ .Chart.Name }}-service
  annotations:
    summary: {{ .Chart.Name }}-service cannot use its database.
    runbook_url: {{ .Values.metrics.alerts.runbooks | trimSuffix "/" }}/FourthPillarDatabaseUnavailable.md
{{- end -}}
