{{- define "common.alert.FourthPillarEnforcementAvailability" -}}
- alert: FourthPillarEnforcementAvailability
  expr: |
    ((sum(rate(grpc_server_processing_duration_seconds_count{service_name="{{ .Chart.Name }}-service",service="fourthpillar.budget.v1.EnforcementService",statusCode=~"UNAVAILABLE|INTERNAL|UNKNOWN|DEADLINE_EXCEEDED|RESOURCE_EXHAUSTED|DATA_LOSS"}[1h])) / sum(rate(grpc_server_processing_duration_seconds_count{service_name="{{ .Chart.Name }}-service",service="fourthpillar.budget.v1.EnforcementService"}[1h]))) > 14.4 * 0.0005 and (sum(rate(grpc_server_processing_duration_seconds_count{service_name="{{ .Chart.Name }}-service",service="fourthpillar.budget.v1.EnforcementService",statusCode=~"UNAVAILABLE|INTERNAL|UNKNOWN|DEADLINE_EXCEEDED|RESOURCE_EXHAUSTED|DATA_LOSS"}[5m])) / sum(rate(grpc_server_processing_duration_seconds_count{service_name="{{ .Chart.Name }}-service",service="fourthpillar.budget.v1.EnforcementService"}[5m]))) > 14.4 * 0.0005)
      or
    ((sum(rate(grpc_server_processing_duration_seconds_count{service_name="{{ .Chart.Name }}-service",service="fourthpillar.budget.v1.EnforcementService",statusCode=~"UNAVAILABLE|INTERNAL|UNKNOWN|DEADLINE_EXCEEDED|RESOURCE_EXHAUSTED|DATA_LOSS"}[6h])) / sum(rate(grpc_server_processing_duration_seconds_count{service_name="{{ .Chart.Name }}-service",service="fourthpillar.budget.v1.EnforcementService"}[6h]))) > 6 * 0.0005 and (sum(rate(grpc_server_processing_duration_seconds_count{service_name="{{ .Chart.Name }}-service",service="fourthpillar.budget.v1.EnforcementService",statusCode=~"UNAVAILABLE|INTERNAL|UNKNOWN|DEADLINE_EXCEEDED|RESOURCE_EXHAUSTED|DATA_LOSS"}[30m])) / sum(rate(grpc_server_processing_duration_seconds_count{service_name="{{ .Chart.Name }}-service",service="fourthpillar.budget.v1.EnforcementService"}[30m]))) > 6 * 0.0005)
  for: 2m
  labels:
    severity: page
    service: {{ .Chart.Name }}-service
  annotations:
    summary: Enforcement burns its error budget too fast.
    runbook_url: {{ .Values.metrics.alerts.runbooks | trimSuffix "/" }}/FourthPillarEnforcementAvailability.md
{{- end -}}
