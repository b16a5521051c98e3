{{/* helm test: our own image asks the service over gRPC whether it serves, and reads from it. */}}
{{- define "common.testPod" -}}
apiVersion: v1
kind: Pod
metadata:
  name: {{ include "common.fullname" . }}-check
  namespace: {{ .Release.Namespace }}
  labels:
    # Not the service's own name: the Service must not send calls to this pod.
    app.kubernetes.io/name: {{ include "common.name" . }}-check
    app.kubernetes.io/instance: {{ .Release.Name }}
    app.kubernetes.io/component: check
    app.kubernetes.io/part-of: fourth-pillar
  annotations:
    helm.sh/hook: test
    helm.sh/hook-delete-policy: before-hook-creation,hook-succeeded
spec:
  restartPolicy: Never
  {{- include "common.podSettings" (dict "ctx" . "serviceAccount" (include "common.serviceAccountName" .)) | nindent 2 }}
  containers:
    - name: check
      image: {{ include "common.image" . }}
      imagePullPolicy: {{ .Values.image.pullPolicy }}
      args:
        - check
        - dns:///{{ include "common.fullname" . }}:50051
      securityContext:
        {{- include "common.containerSecurity" . | nindent 8 }}
      env:
        {{- include "common.configFile" . | nindent 8 }}
        {{- include "common.env" . | nindent 8 }}
      resources:
        {{- toYaml .Values.migrations.resources | nindent 8 }}
      volumeMounts:
        {{- include "common.serviceVolumeMounts" . | nindent 8 }}
  volumes:
    {{- include "common.serviceVolumes" . | nindent 4 }}
{{- end -}}
