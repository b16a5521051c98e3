{{/* A service that is to listen to one which is not installed would try for ever. */}}
{{- define "fourth-pillar.validate" -}}
{{- $v := .Values -}}
{{- $errors := list -}}
{{- range $listener := list "budget" "usage" "comp" -}}
{{- if (index $v $listener).enabled -}}
{{- range $peer := without (list "budget" "usage" "comp") $listener -}}
{{- $given := index (index $v $listener).peers $peer -}}
{{- if and $given.fromRelease (not $given.target) (not (index $v $peer).enabled) -}}
{{- $errors = append $errors (printf "%s.peers.%s.fromRelease: true, and %s.enabled is false (expected: false, or a target)" $listener $peer $peer) -}}
{{- end -}}
{{- if and $given.fromRelease (not $given.target) (or (index $v $peer).fullnameOverride (index $v $peer).nameOverride) -}}
{{- $errors = append $errors (printf "%s.peers.%s.fromRelease: true, and %s has another name (expected: a target)" $listener $peer $peer) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- if $errors -}}
{{- fail (printf "\nfourth-pillar: %d values contradict each other:\n  %s" (len $errors) (join "\n  " $errors)) -}}
{{- end -}}
{{- end -}}
