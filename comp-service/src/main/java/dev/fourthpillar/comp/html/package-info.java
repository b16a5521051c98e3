/** A statement as a page for people. */
package dev.fourthpillar.comp.html;
