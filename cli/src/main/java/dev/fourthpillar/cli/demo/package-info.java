/** A small company lives through three weeks with token budgets, through the public API alone. */
@org.jspecify.annotations.NullMarked
package dev.fourthpillar.cli.demo;
