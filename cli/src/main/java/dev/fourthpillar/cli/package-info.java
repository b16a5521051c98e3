/** {@code fp}, what people type. */
@org.jspecify.annotations.NullMarked
package dev.fourthpillar.cli;
