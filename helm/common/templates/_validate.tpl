{{/* Contradictions that a schema cannot express. Fails the rendering, all at once and by name. */}}
{{- define "common.validate" -}}
{{- $errors := list -}}
{{- $v := .Values -}}
{{- if not $v.auth.issuer -}}
{{- $errors = append $errors "auth.issuer: not set (expected: the iss claim of the tokens, for example https://id.example.com)" -}}
{{- end -}}
{{- if not $v.auth.jwksUrl -}}
{{- $errors = append $errors "auth.jwksUrl: not set (expected: the https URL of the issuer's keys)" -}}
{{- end -}}
{{- if not $v.database.host -}}
{{- $errors = append $errors "database.host: not set (expected: where this service's PostgreSQL is)" -}}
{{- end -}}
{{- if not $v.database.existingSecret -}}
{{- $errors = append $errors "database.existingSecret: not set (expected: a Secret with the user name and the password of the role that serves)" -}}
{{- end -}}
{{- if ne $v.migrations.mode "external" -}}
{{- if not $v.migrations.existingSecret -}}
{{- $errors = append $errors (printf "migrations.existingSecret: not set (expected: with migrations.mode %s a Secret of the role that may change the schema)" $v.migrations.mode) -}}
{{- else if and (eq $v.migrations.existingSecret $v.database.existingSecret) (eq $v.migrations.usernameKey $v.database.usernameKey) -}}
{{- $errors = append $errors "migrations.existingSecret: the same user as database.existingSecret (expected: another role, so that the service cannot change its schema)" -}}
{{- end -}}
{{- end -}}
{{- if and (eq $v.tls.mode "secret") (not $v.tls.existingSecret) -}}
{{- $errors = append $errors "tls.existingSecret: not set (expected: with tls.mode secret a Secret with tls.crt, tls.key and ca.crt)" -}}
{{- end -}}
{{- if and (eq $v.tls.mode "certManager") (not $v.tls.certManager.issuer) -}}
{{- $errors = append $errors "tls.certManager.issuer: not set (expected: with tls.mode certManager who signs)" -}}
{{- end -}}
{{- if and (eq $v.tls.mode "disabled") $v.tls.clientCertificates -}}
{{- $errors = append $errors "tls.clientCertificates: true with tls.mode disabled (expected: secret or certManager)" -}}
{{- end -}}
{{- $drain := addf $v.shutdown.balancerWaitSeconds $v.shutdown.streamsWaitSeconds $v.shutdown.gracefulWaitSeconds 3 | int -}}
{{- $needed := add (int $v.shutdown.preStopSeconds) $drain -}}
{{- if le (int $v.shutdown.terminationGracePeriodSeconds) (int $needed) -}}
{{- $errors = append $errors (printf "shutdown.terminationGracePeriodSeconds: %d (expected: more than %d, the sum of preStop, drain and 3 s for closing)" (int $v.shutdown.terminationGracePeriodSeconds) (int $needed)) -}}
{{- end -}}
{{- if and (include "common.listens" .) (not $v.peers.tokenSecret.name) -}}
{{- $errors = append $errors "peers.tokenSecret.name: not set (expected: a Secret with a token of role SERVICE, because this service listens to a peer)" -}}
{{- end -}}
{{- if $v.autoscaling.enabled -}}
{{- if gt (int $v.autoscaling.minReplicas) (int $v.autoscaling.maxReplicas) -}}
{{- $errors = append $errors (printf "autoscaling.minReplicas: %d (expected: at most maxReplicas, %d)" (int $v.autoscaling.minReplicas) (int $v.autoscaling.maxReplicas)) -}}
{{- end -}}
{{- if and (eq (int $v.autoscaling.cpuUtilization) 0) (not $v.autoscaling.metrics) -}}
{{- $errors = append $errors "autoscaling: no metric (expected: cpuUtilization above 0, or an entry of metrics)" -}}
{{- end -}}
{{- end -}}
{{- $fewest := ternary (int $v.autoscaling.minReplicas) (int $v.replicas) $v.autoscaling.enabled -}}
{{- if and $v.podDisruptionBudget.enabled (gt (int $v.podDisruptionBudget.minAvailable) 0) (ge (int $v.podDisruptionBudget.minAvailable) $fewest) -}}
{{- $errors = append $errors (printf "podDisruptionBudget.minAvailable: %d (expected: less than the %d replicas; no node could be drained otherwise)" (int $v.podDisruptionBudget.minAvailable) $fewest) -}}
{{- end -}}
{{- if and $v.metrics.serviceMonitor.enabled $v.metrics.annotations -}}
{{- $errors = append $errors "metrics.annotations: true beside metrics.serviceMonitor.enabled (expected: one of them; Prometheus would scrape each pod twice)" -}}
{{- end -}}
{{- if and $v.metrics.alerts.enabled (not $v.metrics.alerts.runbooks) -}}
{{- $errors = append $errors "metrics.alerts.runbooks: not set (expected: the URL under which docs/runbooks is published)" -}}
{{- end -}}
{{- if and $v.metrics.alerts.enabled (not $v.metrics.serviceMonitor.enabled) -}}
{{- $errors = append $errors "metrics.alerts.enabled: true without metrics.serviceMonitor.enabled (expected: both; alerts tell services apart by its label service_name)" -}}
{{- end -}}
{{- if and $v.kubernetes.live (not $v.kubernetes.enabled) -}}
{{- $errors = append $errors "kubernetes.live: set with kubernetes.enabled false (expected: true; nothing would read it)" -}}
{{- end -}}
{{- if and (not $v.serviceAccount.create) (not $v.serviceAccount.name) -}}
{{- $errors = append $errors "serviceAccount.name: not set (expected: an existing ServiceAccount, because serviceAccount.create is false)" -}}
{{- end -}}
{{- if $errors -}}
{{- fail (printf "\n%s: %d values contradict each other:\n  %s" .Chart.Name (len $errors) (join "\n  " $errors)) -}}
{{- end -}}
{{- end -}}
