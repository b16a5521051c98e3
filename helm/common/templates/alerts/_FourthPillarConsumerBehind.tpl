{{- define "common.alert.FourthPillarConsumerBehind" -}}
- alert: FourthPillarConsumerBehind
  expr: |
    max by (consumer, source) (fourthpillar_feed_consumer_behind_seconds{service_name="{{ .Chart.Name }}-service"}) > 120
  for: 10m
  labels:
    severity: page
    service: {{ .Chart.Name }}-service
  annotations:
    summary: {{ .Chart.Name }}-service is minutes behind what another service tells.
    runbook_url: {{ .Values.metrics.alerts.runbooks | trimSuffix "/" }}/FourthPillarConsumerBehind.md
{{- end -}}
