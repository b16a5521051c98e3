/** Usage, prices and what does not agree, as text. */
package dev.fourthpillar.cli.usage;
