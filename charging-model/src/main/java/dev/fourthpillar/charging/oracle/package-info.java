/** What must be charged, from what was delivered alone. */
package dev.fourthpillar.charging.oracle;
