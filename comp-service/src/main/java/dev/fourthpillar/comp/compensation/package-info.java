/** CompensationService at the edge. */
package dev.fourthpillar.comp.compensation;
