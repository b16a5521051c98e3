{{- define "common.alert.FourthPillarServiceDown" -}}
- alert: FourthPillarServiceDown
  expr: |
    absent(up{service_name="{{ .Chart.Name }}-service"} == 1)
  for: 2m
  labels:
    severity: page
    service: {{ .Chart.Name }}-service
  annotations:
    summary: No pod of {{ .Chart.Name }}-service answers a scrape.
    runbook_url: {{ .Values.metrics.alerts.runbooks | trimSuffix "/" }}/FourthPillarServiceDown.md
{{- end -}}
