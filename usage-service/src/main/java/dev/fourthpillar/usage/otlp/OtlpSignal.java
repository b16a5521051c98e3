package dev.fourthpillar.usage.otlp;

/** The three signals of OTLP; over HTTP the path tells them apart ({@code /v1/logs}, ...). */
public enum OtlpSignal {
  LOGS,
  METRICS,
  TRACES
}
