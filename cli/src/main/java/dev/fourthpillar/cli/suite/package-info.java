/** The whole of Fourth Pillar on this machine: a PostgreSQL, three services as processes. */
@org.jspecify.annotations.NullMarked
package dev.fourthpillar.cli.suite;
