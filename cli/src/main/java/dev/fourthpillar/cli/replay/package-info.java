/** Sends recorded telemetry again, and says what the service made of it. */
@org.jspecify.annotations.NullMarked
package dev.fourthpillar.cli.replay;
