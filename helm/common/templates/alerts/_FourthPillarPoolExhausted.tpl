{{- define "common.alert.FourthPillarPoolExhausted" -}}
- alert: FourthPillarPoolExhausted
  expr: |
    min_over_time(hikaricp_connections_pending{service_name="{{ .Chart.Name }}-service"}[5m]) > 0
  for: 5m
  labels:
    severity: ticket
    service: {{ .Chart.Name }}-service
  annotations:
    summary: Calls of a pod of {{ .Chart.Name }}-service wait for connections all the time.
    runbook_url: {{ .Values.metrics.alerts.runbooks | trimSuffix "/" }}/FourthPillarPoolExhausted.md
{{- end -}}
