/** Why services refuse calls. */
@org.jspecify.annotations.NullMarked
package dev.fourthpillar.cli.refusal;
