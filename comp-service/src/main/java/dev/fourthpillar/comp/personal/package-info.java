/** The statement of a real person: what is recorded, metered and quoted, and what it comes to. */
package dev.fourthpillar.comp.personal;
