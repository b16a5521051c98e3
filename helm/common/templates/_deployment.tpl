{{- define "common.deployment" -}}
{{- include "common.validate" . -}}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ include "common.fullname" . }}
  namespace: {{ .Release.Namespace }}
  labels:
    {{- include "common.labels" . | nindent 4 }}
spec:
  {{- if not .Values.autoscaling.enabled }}
  replicas: {{ .Values.replicas }}
  {{- end }}
  revisionHistoryLimit: 5
  strategy:
    type: RollingUpdate
    rollingUpdate:
      maxUnavailable: 0
      maxSurge: 1
  selector:
    matchLabels:
      {{- include "common.selectorLabels" . | nindent 6 }}
  template:
    metadata:
      labels:
        {{- mustMergeOverwrite (deepCopy .Values.podLabels) (include "common.labels" . | fromYaml) | toYaml | nindent 8 }}
      annotations:
        checksum/config: {{ include "common.applicationYaml" . | sha256sum }}
        {{- if .Values.metrics.annotations }}
        prometheus.io/scrape: "true"
        prometheus.io/port: "8081"
        prometheus.io/path: /prometheus
        {{- end }}
        {{- with .Values.podAnnotations }}
        {{- toYaml . | nindent 8 }}
        {{- end }}
    spec:
      {{- include "common.podSettings" (dict "ctx" . "serviceAccount" (include "common.serviceAccountName" .) "token" .Values.kubernetes.enabled) | nindent 6 }}
      terminationGracePeriodSeconds: {{ .Values.shutdown.terminationGracePeriodSeconds }}
      topologySpreadConstraints:
        {{- range $key, $unsatisfiable := dict "topology.kubernetes.io/zone" .Values.spread.zone "kubernetes.io/hostname" .Values.spread.host }}
        - maxSkew: 1
          topologyKey: {{ $key }}
          whenUnsatisfiable: {{ $unsatisfiable }}
          labelSelector:
            matchLabels:
              {{- include "common.selectorLabels" $ | nindent 14 }}
          matchLabelKeys:
            - pod-template-hash
        {{- end }}
      {{- if eq .Values.migrations.mode "initContainer" }}
      initContainers:
        - {{- include "common.migrateContainer" . | nindent 10 }}
      {{- end }}
      containers:
        - name: service
          image: {{ include "common.image" . }}
          imagePullPolicy: {{ .Values.image.pullPolicy }}
          args: [serve]
          securityContext:
            {{- include "common.containerSecurity" . | nindent 12 }}
          env:
            {{- include "common.configFile" . | nindent 12 }}
            {{- include "common.credentials" (dict "secret" .Values.database.existingSecret "usernameKey" .Values.database.usernameKey "passwordKey" .Values.database.passwordKey) | nindent 12 }}
            {{- include "common.env" . | nindent 12 }}
            {{- if .Values.kubernetes.enabled }}
            - name: MICRONAUT_ENVIRONMENTS
              value: k8s
            - name: HOSTNAME
              valueFrom:
                fieldRef:
                  fieldPath: metadata.name
            {{- end }}
            - name: FOURTHPILLAR_PEERS_REPLICA_ID
              valueFrom:
                fieldRef:
                  fieldPath: metadata.name
          ports:
            {{- range $name, $port := include "common.ports" . | fromYaml }}
            - name: {{ $name }}
              containerPort: {{ $port }}
              protocol: TCP
            {{- end }}
            - name: management
              containerPort: 8081
              protocol: TCP
          startupProbe:
            httpGet:
              path: /health/liveness
              port: management
            {{- toYaml .Values.probes.startup | nindent 12 }}
          livenessProbe:
            httpGet:
              path: /health/liveness
              port: management
            {{- toYaml .Values.probes.liveness | nindent 12 }}
          readinessProbe:
            httpGet:
              path: /health/readiness
              port: management
            {{- toYaml .Values.probes.readiness | nindent 12 }}
          lifecycle:
            preStop:
              {{- if semverCompare ">=1.30.0-0" .Capabilities.KubeVersion.Version }}
              sleep:
                seconds: {{ .Values.shutdown.preStopSeconds }}
              {{- else }}
              exec:
                command: [sleep, {{ .Values.shutdown.preStopSeconds | quote }}]
              {{- end }}
          resources:
            {{- toYaml .Values.resources | nindent 12 }}
          volumeMounts:
            {{- include "common.serviceVolumeMounts" . | nindent 12 }}
            {{- if include "common.signingSecret" . }}
            - name: checkpoint-key
              mountPath: /etc/fourthpillar/checkpoint
              readOnly: true
            {{- end }}
      volumes:
        {{- include "common.serviceVolumes" . | nindent 8 }}
        {{- if include "common.signingSecret" . }}
        # Nowhere but where the service runs: who has it can sign a history.
        - name: checkpoint-key
          secret:
            secretName: {{ include "common.signingSecret" . }}
            items:
              - key: {{ .Values.checkpoint.keySecret.key }}
                path: key.pem
        {{- end }}
{{- end -}}
