{{/* application.yml: what the values say, and over it what `config` says. */}}
{{- define "common.applicationYaml" -}}
{{- $v := .Values -}}
{{- $c := dict -}}
{{- $_ := set $c "grpc" (dict "server" (dict "port" 50051)) -}}
{{- $_ := set $c "micronaut" (dict "server" (dict "port" 8081)) -}}
{{- $parameters := list -}}
{{- range $name, $value := $v.database.parameters -}}
{{- $parameters = append $parameters (printf "%s=%s" $name (toString $value | urlquery)) -}}
{{- end -}}
{{- if $v.database.rootCertificate.secret -}}
{{- $parameters = append $parameters "sslrootcert=/etc/fourthpillar/database/root.crt" -}}
{{- end -}}
{{- $query := ternary (printf "?%s" (join "&" $parameters)) "" (gt (len $parameters) 0) -}}
{{- $url := printf "jdbc:postgresql://%s:%d/%s%s" $v.database.host (int $v.database.port) $v.database.name $query -}}
{{- $_ := set $c "datasources" (dict "default" (dict "url" $url "maximum-pool-size" (int $v.database.poolSize))) -}}
{{- $_ := set $c "flyway" (dict "datasources" (dict "default" (dict "enabled" false))) -}}
{{- $auth := dict "mode" "issuer" "issuer" $v.auth.issuer "jwks-url" $v.auth.jwksUrl "audience" $v.auth.audience "roles-claim" $v.auth.rolesClaim "engineer-claim" $v.auth.engineerClaim -}}
{{- $drain := dict "balancer-wait" (printf "%ds" (int $v.shutdown.balancerWaitSeconds)) "streams-wait" (printf "%ds" (int $v.shutdown.streamsWaitSeconds)) "graceful-wait" (printf "%ds" (int $v.shutdown.gracefulWaitSeconds)) -}}
{{- $keepalive := int $v.connections.keepaliveSeconds -}}
{{- $edge := dict "max-connection-age" (printf "%ds" (int $v.connections.maxAgeSeconds)) "max-connection-grace" (printf "%ds" (int $v.connections.graceSeconds)) "keepalive-time" (printf "%ds" $keepalive) "min-client-keepalive" (printf "%ds" (div $keepalive 2)) -}}
{{- $peers := dict "keepalive-time" (printf "%ds" $keepalive) -}}
{{- $ctx := . -}}
{{- range $peer := include "common.peerNames" . | fromJsonArray -}}
{{- $target := include "common.peerTarget" (dict "ctx" $ctx "peer" $peer) -}}
{{- if $target -}}{{- $_ := set $peers $peer $target -}}{{- end -}}
{{- end -}}
{{- if $v.peers.tokenSecret.name -}}{{- $_ := set $peers "token-file" "/etc/fourthpillar/peers/token" -}}{{- end -}}
{{- $_ := set $c "fourthpillar" (dict "auth" $auth "drain" $drain "edge" $edge "peers" $peers) -}}
{{- if ne $v.tls.mode "disabled" -}}
{{- $clients := ternary "certified" "unknown" $v.tls.clientCertificates -}}
{{- $_ := set $c.fourthpillar "tls" (dict "certificate" "/etc/fourthpillar/tls/tls.crt" "key" "/etc/fourthpillar/tls/tls.key" "authorities" "/etc/fourthpillar/tls/ca.crt" "clients" $clients) -}}
{{- end -}}
{{- if $v.logging.levels -}}{{- $_ := set $c "logger" (dict "levels" $v.logging.levels) -}}{{- end -}}
{{- if $v.tracing.otlpEndpoint -}}
{{- $_ := set $c "otel" (dict "traces" (dict "exporter" "otlp") "exporter" (dict "otlp" (dict "endpoint" $v.tracing.otlpEndpoint))) -}}
{{- end -}}
{{- if include "common.signingSecret" . -}}
{{- $_ := set $c.fourthpillar "checkpoint" (dict "key-file" "/etc/fourthpillar/checkpoint/key.pem") -}}
{{- end -}}
{{- if $v.kubernetes.enabled -}}
{{- $c = mustMergeOverwrite $c (include "common.kubernetesYaml" . | fromYaml) -}}
{{- end -}}
{{- toYaml (mustMergeOverwrite $c (deepCopy $v.config)) -}}
{{- end -}}

{{- define "common.configMap" -}}
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ include "common.fullname" . }}
  namespace: {{ .Release.Namespace }}
  labels:
    {{- include "common.labels" . | nindent 4 }}
data:
  application.yml: |
    {{- include "common.applicationYaml" . | nindent 4 }}
{{- end -}}

{{/* Its own ConfigMap, which is watched: a change of it rolls no pod. */}}
{{- define "common.liveConfigMap" -}}
{{- if .Values.kubernetes.enabled }}
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ include "common.liveName" . }}
  namespace: {{ .Release.Namespace }}
  labels:
    {{- include "common.labelsOf" (dict "ctx" . "component" "live-config") | nindent 4 }}
    live-config-of: {{ include "common.fullname" . }}
data:
  live.yml: |
    {{- toYaml .Values.kubernetes.live | nindent 4 }}
{{- end }}
{{- end -}}
