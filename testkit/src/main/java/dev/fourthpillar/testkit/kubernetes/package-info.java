/** A stand-in of the Kubernetes API, for tests without a cluster. */
package dev.fourthpillar.testkit.kubernetes;
