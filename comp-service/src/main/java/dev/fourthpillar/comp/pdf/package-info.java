/** Pages as PDF. */
package dev.fourthpillar.comp.pdf;
