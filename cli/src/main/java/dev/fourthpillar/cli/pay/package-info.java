/** Pay on the command line: people and offers from files, statements as tables. */
@org.jspecify.annotations.NullMarked
package dev.fourthpillar.cli.pay;
