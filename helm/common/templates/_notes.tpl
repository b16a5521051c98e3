{{- define "common.notes" -}}
{{- $name := include "common.fullname" . -}}
{{ .Chart.Name }}-service {{ .Chart.AppVersion }} is called in the cluster at

  dns:///{{ $name }}-headless.{{ .Release.Namespace }}.svc:50051    with the policy round_robin
{{- if eq .Chart.Name "usage" }}

and takes telemetry at

  {{ ternary "http" "https" (eq .Values.tls.mode "disabled") }}://{{ $name }}.{{ .Release.Namespace }}.svc:4317    OTLP over gRPC
  {{ ternary "http" "https" (eq .Values.tls.mode "disabled") }}://{{ $name }}.{{ .Release.Namespace }}.svc:4318    OTLP over HTTP
{{- end }}

Is it well?

  kubectl --namespace {{ .Release.Namespace }} rollout status deployment/{{ $name }}
  helm --namespace {{ .Release.Namespace }} test {{ .Release.Name }}

What is insecure in this installation:
  - The management port (health, metrics) is plain and asks nobody who they are.
{{- if eq .Values.tls.mode "disabled" }}
  - tls.mode is disabled: calls and tokens are plain text between pods.
{{- end }}
{{- if not .Values.networkPolicy.enabled }}
  - networkPolicy.enabled is false: every pod of the cluster can connect, also to the metrics.
{{- end }}
{{- if and (eq .Chart.Name "budget") (not (include "common.signingSecret" .)) }}
  - checkpoint.keySecret.name is not set: the ledger is not signed, and no entry of it can be proven.
{{- end }}
{{- if .Values.kubernetes.enabled }}
  - kubernetes.enabled is true: the pods' token can read every ConfigMap of the namespace.
{{- end }}
{{- if not (has (get .Values.database.parameters "sslmode" | toString) (list "verify-ca" "verify-full")) }}
  - database.parameters.sslmode is neither verify-ca nor verify-full: the database could be anybody's.
{{- end }}
{{- if eq .Values.migrations.mode "external" }}

migrations.mode is external: the pods are live and not ready until somebody has run `migrate`.
{{- end }}
{{- if not (include "common.listens" .) }}

It listens to no other service (peers.*): nothing reaches it but what is called.
{{- end }}
{{- end -}}
