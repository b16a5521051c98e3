{{- define "common.alert.FourthPillarReserveLatency" -}}
- alert: FourthPillarReserveLatency
  expr: |
    ((1 - sum(rate(grpc_server_processing_duration_seconds_bucket{service_name="{{ .Chart.Name }}-service",service="fourthpillar.budget.v1.EnforcementService",method="Reserve",statusCode="OK",le="0.02"}[1h])) / sum(rate(grpc_server_processing_duration_seconds_count{service_name="{{ .Chart.Name }}-service",service="fourthpillar.budget.v1.EnforcementService",method="Reserve",statusCode="OK"}[1h]))) > 14.4 * 0.001 and (1 - sum(rate(grpc_server_processing_duration_seconds_bucket{service_name="{{ .Chart.Name }}-service",service="fourthpillar.budget.v1.EnforcementService",method="Reserve",statusCode="OK",le="0.02"}[5m])) / sum(rate(grpc_server_processing_duration_seconds_count{service_name="{{ .Chart.Name }}-service",service="fourthpillar.budget.v1.EnforcementService",method="Reserve",statusCode="OK"}[5m]))) > 14.4 * 0.001)
      or
    ((1 - sum(rate(grpc_server_processing_duration_seconds_bucket{service_name="{{ .Chart.Name }}-service",service="fourthpillar.budget.v1.EnforcementService",method="Reserve",statusCode="OK",le="0.02"}[6h])) / sum(rate(grpc_server_processing_duration_seconds_count{service_name="{{ .Chart.Name }}-service",service="fourthpillar.budget.v1.EnforcementService",method="Reserve",statusCode="OK"}[6h]))) > 6 * 0.001 and (1 - sum(rate(grpc_server_processing_duration_seconds_bucket{service_name="{{ .Chart.Name }}-service",service="fourthpillar.budget.v1.EnforcementService",method="Reserve",statusCode="OK",le="0.02"}[30m])) / sum(rate(grpc_server_processing_duration_seconds_count{service_name="{{ .Chart.Name }}-service",service="fourthpillar.budget.v1.EnforcementService",method="Reserve",statusCode="OK"}[30m]))) > 6 * 0.001)
  for: 2m
  labels:
    severity: page
    service: {{ .Chart.Name }}-service
  annotations:
    summary: Reservations take longer than their objective allows.
    runbook_url: {{ .Values.metrics.alerts.runbooks | trimSuffix "/" }}/FourthPillarReserveLatency.md
{{- end -}}
