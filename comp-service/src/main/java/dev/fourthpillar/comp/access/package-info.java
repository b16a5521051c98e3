/** Who read whose pay. */
package dev.fourthpillar.comp.access;
