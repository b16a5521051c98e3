{{/* Names, labels and addresses. */}}

{{- define "common.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{/* The release, and the chart unless the release is already called after it. 48 characters leave
     room for the longest suffix, a Job's. */}}
{{- define "common.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 48 | trimSuffix "-" -}}
{{- else -}}
{{- include "common.releaseName" (dict "release" .Release.Name "name" (include "common.name" .)) -}}
{{- end -}}
{{- end -}}

{{- define "common.releaseName" -}}
{{- if contains .name .release -}}
{{- .release | trunc 48 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .release .name | trunc 48 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "common.selectorLabels" -}}
app.kubernetes.io/name: {{ include "common.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "common.labels" -}}
{{ include "common.labelsOf" (dict "ctx" . "component" "service") }}
{{- end -}}

{{/* The same for another part of the service: dict ctx, component. */}}
{{- define "common.labelsOf" -}}
{{ include "common.selectorLabels" .ctx }}
app.kubernetes.io/component: {{ .component }}
app.kubernetes.io/part-of: fourth-pillar
app.kubernetes.io/version: {{ .ctx.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .ctx.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .ctx.Chart.Name .ctx.Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{- end -}}

{{- define "common.serviceAccountName" -}}
{{- if .Values.serviceAccount.create -}}
{{- default (include "common.fullname" .) .Values.serviceAccount.name -}}
{{- else -}}
{{- default "default" .Values.serviceAccount.name -}}
{{- end -}}
{{- end -}}

{{- define "common.image" -}}
{{- $image := .Values.image -}}
{{- $repository := ternary (printf "%s/%s" $image.registry $image.repository) $image.repository (ne $image.registry "") -}}
{{- if $image.digest -}}
{{- printf "%s@%s" $repository $image.digest -}}
{{- else -}}
{{- printf "%s:%s" $repository (default .Chart.AppVersion $image.tag) -}}
{{- end -}}
{{- end -}}

{{/* The ports that a pod listens on, by the name that everything else refers to. */}}
{{- define "common.ports" -}}
grpc: 50051
{{- if eq .Chart.Name "usage" }}
otlp-grpc: 4317
otlp-http: 4318
{{- end }}
{{- end -}}

{{/* The gRPC target of a peer, empty when it is not listened to: dict ctx, peer. */}}
{{- define "common.peerTarget" -}}
{{- $given := index .ctx.Values.peers .peer -}}
{{- if $given.target -}}
{{- tpl $given.target .ctx -}}
{{- else if $given.fromRelease -}}
{{- $name := include "common.releaseName" (dict "release" .ctx.Release.Name "name" .peer) -}}
{{- if .ctx.Values.kubernetes.enabled -}}
{{- printf "svc:///%s-headless" $name -}}
{{- else -}}
{{- printf "dns:///%s-headless.%s.svc:50051" $name .ctx.Release.Namespace -}}
{{- end -}}
{{- end -}}
{{- end -}}

{{/* The peers that this service can listen to: the others. */}}
{{- define "common.peerNames" -}}
{{- without (list "budget" "usage" "comp") .Chart.Name | toJson -}}
{{- end -}}

{{- define "common.listens" -}}
{{- $ctx := . -}}
{{- range $peer := include "common.peerNames" . | fromJsonArray -}}
{{- if include "common.peerTarget" (dict "ctx" $ctx "peer" $peer) -}}true{{- end -}}
{{- end -}}
{{- end -}}

{{/* What a map of names to items becomes: a list in the order of the names, each item with its name. */}}
{{- define "common.namedList" -}}
{{- $list := list -}}
{{- range $name, $item := . -}}
{{- $list = append $list (merge (dict "name" $name) $item) -}}
{{- end -}}
{{- toYaml $list -}}
{{- end -}}

{{/* The Secret with the key that signs the ledger's days; only budget has one, and not always. */}}
{{- define "common.signingSecret" -}}
{{- with .Values.checkpoint -}}{{- .keySecret.name -}}{{- end -}}
{{- end -}}
