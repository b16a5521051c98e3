{{- define "common.extraObjects" -}}
{{- range $name, $object := .Values.extraObjects }}
---
{{ tpl (toYaml $object) $ }}
{{- end }}
{{- end -}}
