{{- define "common.serviceMonitor" -}}
{{- if .Values.metrics.serviceMonitor.enabled }}
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata:
  name: {{ include "common.fullname" . }}
  namespace: {{ .Release.Namespace }}
  labels:
    {{- include "common.labels" . | nindent 4 }}
    {{- with .Values.metrics.serviceMonitor.labels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  selector:
    matchLabels:
      {{- include "common.selectorLabels" . | nindent 6 }}
      app.kubernetes.io/component: service
  endpoints:
    - port: management
      path: /prometheus
      interval: {{ .Values.metrics.serviceMonitor.interval }}
      relabelings:
        # Rules and dashboards tell the services apart by this.
        - targetLabel: service_name
          replacement: {{ .Chart.Name }}-service
{{- end }}
{{- end -}}

{{/* The alerts of a service: everybody's, and its own. Each stands in a file of its own in alerts/. */}}
{{- define "common.alertNames" -}}
- FourthPillarServiceDown
- FourthPillarInternalErrors
- FourthPillarOutcomeUnknown
- FourthPillarDatabaseUnavailable
- FourthPillarIssuerUnavailable
- FourthPillarCallsShed
- FourthPillarPoolExhausted
- FourthPillarFeedSequencerFailing
- FourthPillarConsumerBehind
- FourthPillarConsumerFailing
- FourthPillarMemoryHigh
{{- if eq .Chart.Name "budget" }}
- FourthPillarEnforcementAvailability
- FourthPillarReserveLatency
- FourthPillarPendingUsage
- FourthPillarHoldsOverdue
- FourthPillarLedgerDiffers
{{- end }}
{{- if eq .Chart.Name "usage" }}
- FourthPillarTelemetryRejected
- FourthPillarUsageUnattributed
- FourthPillarUsageUnpriced
- FourthPillarUsageUnmatched
{{- end }}
{{- end -}}

{{- define "common.prometheusRules" -}}
{{- if .Values.metrics.alerts.enabled }}
{{- range $alert := include "common.alertNames" . | fromYamlArray }}
---
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata:
  name: {{ include "common.fullname" $ }}-{{ $alert | trimPrefix "FourthPillar" | kebabcase }}
  namespace: {{ $.Release.Namespace }}
  labels:
    {{- include "common.labels" $ | nindent 4 }}
    {{- with $.Values.metrics.alerts.labels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
spec:
  groups:
    - name: {{ $.Chart.Name }}-{{ $alert | trimPrefix "FourthPillar" | kebabcase }}
      rules:
        {{- include (printf "common.alert.%s" $alert) $ | nindent 8 }}
{{- end }}
{{- end }}
{{- end -}}

{{- define "common.dashboards" -}}
{{- if .Values.metrics.dashboards.enabled }}
{{- range $path, $bytes := .Files.Glob "dashboards/*.json" }}
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ include "common.fullname" $ }}-dashboard-{{ base $path | trimSuffix ".json" }}
  namespace: {{ $.Release.Namespace }}
  labels:
    {{- include "common.labels" $ | nindent 4 }}
    {{- toYaml $.Values.metrics.dashboards.labels | nindent 4 }}
data:
  {{ base $path }}: |
    {{- $.Files.Get $path | nindent 4 }}
{{- end }}
{{- end }}
{{- end -}}
