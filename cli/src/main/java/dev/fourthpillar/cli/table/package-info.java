/** Tables for people at a terminal. */
@org.jspecify.annotations.NullMarked
package dev.fourthpillar.cli.table;
