/** The sample service as its operators see it: probes, drain, logs, metrics, refused starts. */
package dev.fourthpillar.sample.operate;
