/** Exchange rates: published, corrected, and found for a day. */
package dev.fourthpillar.comp.fxrate;
