{{/* Migration as a Job: a hook that uses only what existed before the release, or a plain Job. */}}
{{- define "common.migrationJob" -}}
{{- if eq .Values.migrations.mode "job" }}
apiVersion: batch/v1
kind: Job
metadata:
  {{- if .Values.migrations.job.hook }}
  name: {{ include "common.fullname" . }}-migrate
  {{- else }}
  # A Job cannot be changed: another image or configuration is another Job.
  name: {{ include "common.fullname" . }}-migrate-{{ printf "%s %s" (include "common.image" .) (include "common.applicationYaml" .) | sha256sum | trunc 8 }}
  {{- end }}
  namespace: {{ .Release.Namespace }}
  labels:
    {{- include "common.labelsOf" (dict "ctx" . "component" "migration") | nindent 4 }}
  {{- if .Values.migrations.job.hook }}
  annotations:
    helm.sh/hook: pre-install,pre-upgrade
    helm.sh/hook-weight: "0"
    helm.sh/hook-delete-policy: before-hook-creation,hook-succeeded
  {{- end }}
spec:
  backoffLimit: {{ .Values.migrations.job.backoffLimit }}
  activeDeadlineSeconds: {{ .Values.migrations.job.activeDeadlineSeconds }}
  ttlSecondsAfterFinished: {{ .Values.migrations.job.ttlSecondsAfterFinished }}
  template:
    metadata:
      labels:
        app.kubernetes.io/name: {{ include "common.name" . }}-migration
        app.kubernetes.io/instance: {{ .Release.Name }}
        app.kubernetes.io/component: migration
        app.kubernetes.io/part-of: fourth-pillar
    spec:
      restartPolicy: Never
      {{- $account := include "common.serviceAccountName" . }}
      {{- if and .Values.migrations.job.hook .Values.serviceAccount.create }}
      {{- $account = "default" }}
      {{- end }}
      {{- include "common.podSettings" (dict "ctx" . "serviceAccount" $account) | nindent 6 }}
      containers:
        - {{- include "common.migrateContainer" . | nindent 10 }}
      volumes:
        {{- include "common.volumes" . | nindent 8 }}
{{- end }}
{{- end -}}
