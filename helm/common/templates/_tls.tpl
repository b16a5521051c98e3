{{/* Where the certificate is. Mounted whole, so that the kubelet brings what is renewed. */}}
{{- define "common.tlsSecret" -}}
{{- ternary .Values.tls.existingSecret (printf "%s-tls" (include "common.fullname" .)) (eq .Values.tls.mode "secret") -}}
{{- end -}}

{{- define "common.certificate" -}}
{{- if eq .Values.tls.mode "certManager" }}
{{- $name := include "common.fullname" . }}
apiVersion: cert-manager.io/v1
kind: Certificate
metadata:
  name: {{ $name }}
  namespace: {{ .Release.Namespace }}
  labels:
    {{- include "common.labels" . | nindent 4 }}
spec:
  secretName: {{ include "common.tlsSecret" . }}
  duration: {{ .Values.tls.certManager.duration }}
  privateKey:
    algorithm: ECDSA
    encoding: PKCS8
    rotationPolicy: Always
  usages:
    - server auth
    - client auth
  dnsNames:
    {{- range $service := list $name (printf "%s-headless" $name) }}
    - {{ $service }}
    - {{ $service }}.{{ $.Release.Namespace }}
    - {{ $service }}.{{ $.Release.Namespace }}.svc
    - {{ $service }}.{{ $.Release.Namespace }}.svc.cluster.local
    {{- end }}
  issuerRef:
    name: {{ .Values.tls.certManager.issuer }}
    kind: {{ .Values.tls.certManager.kind }}
{{- end }}
{{- end -}}
