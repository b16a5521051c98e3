/** Statements and vest tables of what is sent: nothing is stored. */
package dev.fourthpillar.comp.calculate;
