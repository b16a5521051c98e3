{{/* ClusterIP for whoever balances by connections, headless for clients that balance calls themselves. */}}
{{- define "common.service" -}}
apiVersion: v1
kind: Service
metadata:
  name: {{ include "common.fullname" . }}
  namespace: {{ .Release.Namespace }}
  labels:
    {{- include "common.labels" . | nindent 4 }}
  {{- with .Values.service.annotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  type: ClusterIP
  selector:
    {{- include "common.selectorLabels" . | nindent 4 }}
  ports:
    {{- include "common.servicePorts" . | trim | nindent 4 }}
    - name: management
      port: 8081
      targetPort: management
      protocol: TCP
---
apiVersion: v1
kind: Service
metadata:
  name: {{ include "common.fullname" . }}-headless
  namespace: {{ .Release.Namespace }}
  labels:
    # Another component, or a ServiceMonitor would find each pod twice.
    {{- include "common.labelsOf" (dict "ctx" . "component" "headless") | nindent 4 }}
spec:
  type: ClusterIP
  clusterIP: None
  selector:
    {{- include "common.selectorLabels" . | nindent 4 }}
  ports:
    {{- include "common.servicePorts" . | trim | nindent 4 }}
{{- end -}}

{{- define "common.servicePorts" -}}
{{- range $name, $port := include "common.ports" . | fromYaml }}
- name: {{ $name }}
  port: {{ $port }}
  targetPort: {{ $name }}
  protocol: TCP
  {{- if and (ne $name "otlp-http") (eq $.Values.tls.mode "disabled") }}
  appProtocol: kubernetes.io/h2c
  {{- end }}
{{- end }}
{{- end -}}
