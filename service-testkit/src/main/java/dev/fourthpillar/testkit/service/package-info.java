/** A whole service in the test's JVM, and callers with real tokens. */
package dev.fourthpillar.testkit.service;
