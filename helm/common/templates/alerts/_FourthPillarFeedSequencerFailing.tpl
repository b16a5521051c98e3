{{- define "common.alert.FourthPillarFeedSequencerFailing" -}}
- alert: FourthPillarFeedSequencerFailing
  expr: |
    sum(rate(fourthpillar_feed_sequencer_failures_total{service_name="{{ .Chart.Name }}-service"}[5m])) > 0
  for: 10m
  labels:
    severity: page
    service: {{ .Chart.Name }}-service
  annotations:
    summary: The event feed of {{ .Chart.Name }}-service is not sequenced without errors.
    runbook_url: {{ .Values.metrics.alerts.runbooks | trimSuffix "/" }}/FourthPillarFeedSequencerFailing.md
{{- end -}}
