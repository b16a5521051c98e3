/** Certificates for tests of encryption. */
package dev.fourthpillar.testkit.tls;
