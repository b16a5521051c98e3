/** The contract's packages, schedules and statements in the words of the domain, and back. */
package dev.fourthpillar.comp.api;
