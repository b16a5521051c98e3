{{/* What every container of ours has in common. */}}
{{- define "common.containerSecurity" -}}
allowPrivilegeEscalation: false
capabilities:
  drop:
    - ALL
privileged: false
readOnlyRootFilesystem: true
{{- end -}}

{{- define "common.podSecurity" -}}
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
fsGroup: 10001
fsGroupChangePolicy: OnRootMismatch
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{/* Who reaches the database: dict secret, usernameKey, passwordKey. */}}
{{- define "common.credentials" -}}
- name: DATASOURCES_DEFAULT_USERNAME
  valueFrom:
    secretKeyRef:
      name: {{ .secret }}
      key: {{ .usernameKey }}
- name: DATASOURCES_DEFAULT_PASSWORD
  valueFrom:
    secretKeyRef:
      name: {{ .secret }}
      key: {{ .passwordKey }}
{{- end -}}

{{- define "common.env" -}}
- name: LOG_FORMAT
  value: {{ .Values.logging.format }}
- name: JAVA_TOOL_OPTIONS
  value: {{ .Values.jvm.options | quote }}
{{- range $name, $value := .Values.extraEnv }}
{{- if kindIs "map" $value }}
- name: {{ $name }}
  {{- toYaml $value | nindent 2 }}
{{- else }}
- name: {{ $name }}
  value: {{ toString $value | quote }}
{{- end }}
{{- end }}
{{- end -}}

{{/* What every command of ours reads and writes; nothing of it is made by the release. */}}
{{- define "common.volumeMounts" -}}
- name: tmp
  mountPath: /tmp
{{- if .Values.database.rootCertificate.secret }}
- name: database-root
  mountPath: /etc/fourthpillar/database
  readOnly: true
{{- end }}
{{- with .Values.extraVolumeMounts }}
{{ include "common.namedList" . }}
{{- end }}
{{- end -}}

{{- define "common.volumes" -}}
- name: tmp
  emptyDir:
    sizeLimit: {{ .Values.tmpSize }}
{{- if .Values.database.rootCertificate.secret }}
- name: database-root
  secret:
    secretName: {{ .Values.database.rootCertificate.secret }}
    items:
      - key: {{ .Values.database.rootCertificate.key }}
        path: root.crt
{{- end }}
{{- with .Values.extraVolumes }}
{{ include "common.namedList" . }}
{{- end }}
{{- end -}}

{{/* What the service, and who checks it, reads beside that. */}}
{{- define "common.serviceVolumeMounts" -}}
- name: config
  mountPath: /etc/fourthpillar/config
  readOnly: true
{{- if ne .Values.tls.mode "disabled" }}
- name: tls
  mountPath: /etc/fourthpillar/tls
  readOnly: true
{{- end }}
{{- if .Values.peers.tokenSecret.name }}
- name: peers-token
  mountPath: /etc/fourthpillar/peers
  readOnly: true
{{- end }}
{{ include "common.volumeMounts" . }}
{{- end -}}

{{- define "common.serviceVolumes" -}}
- name: config
  configMap:
    name: {{ include "common.fullname" . }}
{{- if ne .Values.tls.mode "disabled" }}
- name: tls
  secret:
    secretName: {{ include "common.tlsSecret" . }}
{{- end }}
{{- if .Values.peers.tokenSecret.name }}
- name: peers-token
  secret:
    secretName: {{ .Values.peers.tokenSecret.name }}
    items:
      - key: {{ .Values.peers.tokenSecret.key }}
        path: token
{{- end }}
{{ include "common.volumes" . }}
{{- end -}}

{{- define "common.configFile" -}}
- name: MICRONAUT_CONFIG_FILES
  value: /etc/fourthpillar/config/application.yml
{{- end -}}

{{/* The container that migrates, of an init container and a Job alike. Its credentials are nowhere else, and
     it reads no ConfigMap of the release: a hook runs before there is one. */}}
{{- define "common.migrateContainer" -}}
name: migrate
image: {{ include "common.image" . }}
imagePullPolicy: {{ .Values.image.pullPolicy }}
args: [migrate]
securityContext:
  {{- include "common.containerSecurity" . | nindent 2 }}
env:
  - name: DATASOURCES_DEFAULT_URL
    value: {{ (include "common.applicationYaml" . | fromYaml).datasources.default.url | quote }}
  {{- include "common.credentials" (dict "secret" .Values.migrations.existingSecret "usernameKey" .Values.migrations.usernameKey "passwordKey" .Values.migrations.passwordKey) | nindent 2 }}
  {{- include "common.env" . | nindent 2 }}
  - name: FOURTHPILLAR_MIGRATION_LOCK_TIMEOUT
    value: {{ printf "%ds" (int .Values.migrations.lockTimeoutSeconds) }}
  - name: FOURTHPILLAR_MIGRATION_GRANT_TO
    valueFrom:
      secretKeyRef:
        name: {{ .Values.database.existingSecret }}
        key: {{ .Values.database.usernameKey }}
resources:
  {{- toYaml .Values.migrations.resources | nindent 2 }}
volumeMounts:
  {{- include "common.volumeMounts" . | nindent 2 }}
{{- end -}}

{{/* Where pods of ours go, and as whom; of Deployments, Jobs and test pods alike: dict ctx, serviceAccount, token. */}}
{{- define "common.podSettings" -}}
serviceAccountName: {{ .serviceAccount }}
automountServiceAccountToken: {{ default false .token }}
enableServiceLinks: false
securityContext:
  {{- include "common.podSecurity" . | nindent 2 }}
{{- if .ctx.Values.imagePullSecrets }}
imagePullSecrets:
  {{- range $name, $used := .ctx.Values.imagePullSecrets }}
  {{- if $used }}
  - name: {{ $name }}
  {{- end }}
  {{- end }}
{{- end }}
{{- with .ctx.Values.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- with .ctx.Values.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .ctx.Values.affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- if .ctx.Values.tolerations }}
tolerations:
  {{- range $name, $toleration := .ctx.Values.tolerations }}
  - {{- toYaml $toleration | nindent 4 }}
  {{- end }}
{{- end }}
{{- end -}}
