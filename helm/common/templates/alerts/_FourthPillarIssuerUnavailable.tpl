{{- define "common.alert.FourthPillarIssuerUnavailable" -}}
- alert: FourthPillarIssuerUnavailable
  expr: |
    sum(rate(fourthpillar_failures_total{service_name="{{ .Chart.Name }}-service",reason="ISSUER_UNAVAILABLE"}[5m])) > 0
  for: 5m
  labels:
    severity: page
    service: {{ .Chart.Name }}-service
  annotations:
    summary: {{ .Chart.Name }}-service has no keys of the token issuer.
    runbook_url: {{ .Values.metrics.alerts.runbooks | trimSuffix "/" }}/FourthPillarIssuerUnavailable.md
{{- end -}}
