{{/* Where the service asks the Kubernetes API itself: what for, and with which right. */}}

{{- define "common.liveName" -}}
{{- printf "%s-live" (include "common.fullname" .) -}}
{{- end -}}

{{/* The Services of the release whose pods are asked for, as {services: […]}. */}}
{{- define "common.discovered" -}}
{{- $ctx := . -}}
{{- $names := list -}}
{{- range $peer := include "common.peerNames" . | fromJsonArray -}}
{{- $target := include "common.peerTarget" (dict "ctx" $ctx "peer" $peer) -}}
{{- if hasPrefix "svc:///" $target -}}
{{- $names = append $names (trimPrefix "svc:///" $target) -}}
{{- end -}}
{{- end -}}
{{- dict "services" $names | toJson -}}
{{- end -}}

{{/* The part of application.yml. Services have several ports; the peers' is the one called grpc. */}}
{{- define "common.kubernetesYaml" -}}
{{- $names := (include "common.discovered" . | fromJson).services -}}
{{- $services := dict -}}
{{- range $name := $names -}}
{{- $_ := set $services $name (dict "name" $name "port" "grpc") -}}
{{- end -}}
{{- $configMaps := dict "watch" true "includes" (list (include "common.liveName" .)) "labels" (dict "live-config-of" (include "common.fullname" .)) -}}
{{- $discovery := dict "enabled" (gt (len $names) 0) -}}
{{- if $names -}}
{{- $_ := set $discovery "includes" $names -}}
{{- $_ := set $discovery "services" $services -}}
{{- end -}}
{{- $client := dict "namespace" .Release.Namespace "config-maps" $configMaps "discovery" $discovery "informer" (dict "sync-timeout" 5) -}}
{{- dict "micronaut" (dict "config-client" (dict "enabled" true)) "grpc" (dict "client" (dict "discovery" (dict "enabled" true))) "kubernetes" (dict "client" $client) | toYaml -}}
{{- end -}}

{{/* Only Endpoints are asked for by a name that is known here. The library lists and watches ConfigMaps by
     label, and RBAC knows no labels: the Role reads every ConfigMap of the namespace, and no Secret. It looks
     at the pod that it runs in before it asks for anything else, and a pod's name is made by its ReplicaSet. */}}
{{- define "common.role" -}}
{{- $services := (include "common.discovered" . | fromJson).services -}}
{{- if .Values.kubernetes.enabled }}
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: {{ include "common.fullname" . }}
  namespace: {{ .Release.Namespace }}
  labels:
    {{- include "common.labels" . | nindent 4 }}
rules:
  - apiGroups: [""]
    resources: [configmaps]
    verbs: [get, list, watch]
  - apiGroups: [""]
    resources: [pods]
    verbs: [get]
  {{- if $services }}
  - apiGroups: [""]
    resources: [endpoints]
    resourceNames:
      {{- toYaml $services | nindent 6 }}
    verbs: [get]
  {{- end }}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: {{ include "common.fullname" . }}
  namespace: {{ .Release.Namespace }}
  labels:
    {{- include "common.labels" . | nindent 4 }}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: {{ include "common.fullname" . }}
subjects:
  - kind: ServiceAccount
    name: {{ include "common.serviceAccountName" . }}
    namespace: {{ .Release.Namespace }}
{{- end }}
{{- end -}}
