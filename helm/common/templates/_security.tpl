{{- define "common.serviceAccount" -}}
{{- if .Values.serviceAccount.create }}
apiVersion: v1
kind: ServiceAccount
metadata:
  name: {{ include "common.serviceAccountName" . }}
  namespace: {{ .Release.Namespace }}
  labels:
    {{- include "common.labels" . | nindent 4 }}
  {{- with .Values.serviceAccount.annotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
automountServiceAccountToken: false
{{- end }}
{{- end -}}

{{/* Who may connect, and where the service connects to. Test pods of the release are let in. */}}
{{- define "common.networkPolicy" -}}
{{- if .Values.networkPolicy.enabled }}
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: {{ include "common.fullname" . }}
  namespace: {{ .Release.Namespace }}
  labels:
    {{- include "common.labels" . | nindent 4 }}
spec:
  podSelector:
    matchLabels:
      {{- include "common.selectorLabels" . | nindent 6 }}
  policyTypes:
    - Ingress
    - Egress
  ingress:
    - from:
        - podSelector:
            matchLabels:
              app.kubernetes.io/part-of: fourth-pillar
              app.kubernetes.io/instance: {{ .Release.Name }}
        {{- range $name, $peer := .Values.networkPolicy.callers }}
        - {{- toYaml $peer | nindent 10 }}
        {{- end }}
      ports:
        {{- range $name, $port := include "common.ports" . | fromYaml }}
        - port: {{ $name }}
          protocol: TCP
        {{- end }}
    {{- if .Values.networkPolicy.scrapers }}
    - from:
        {{- range $name, $peer := .Values.networkPolicy.scrapers }}
        - {{- toYaml $peer | nindent 10 }}
        {{- end }}
      ports:
        - port: management
          protocol: TCP
    {{- end }}
  egress:
    # Names.
    - ports:
        - port: 53
          protocol: UDP
        - port: 53
          protocol: TCP
    # The database, and the issuer's keys.
    - ports:
        - port: {{ .Values.database.port }}
          protocol: TCP
        - port: 443
          protocol: TCP
    {{- if .Values.kubernetes.enabled }}
    # The Kubernetes API, where it stands behind its Service.
    - ports:
        - port: 6443
          protocol: TCP
    {{- end }}
    # The other services of the suite.
    - to:
        - podSelector:
            matchLabels:
              app.kubernetes.io/part-of: fourth-pillar
      ports:
        - port: 50051
          protocol: TCP
    {{- range $name, $rule := .Values.networkPolicy.egress }}
    - {{- toYaml $rule | nindent 6 }}
    {{- end }}
{{- end }}
{{- end -}}
