{{- define "common.alert.FourthPillarConsumerFailing" -}}
- alert: FourthPillarConsumerFailing
  expr: |
    sum by (consumer, source) (rate(fourthpillar_feed_consumer_failures_total{service_name="{{ .Chart.Name }}-service"}[10m])) > 0.02
  for: 15m
  labels:
    severity: page
    service: {{ .Chart.Name }}-service
  annotations:
    summary: A consumer of {{ .Chart.Name }}-service fails again and again.
    runbook_url: {{ .Values.metrics.alerts.runbooks | trimSuffix "/" }}/FourthPillarConsumerFailing.md
{{- end -}}
