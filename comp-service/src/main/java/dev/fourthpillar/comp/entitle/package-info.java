/** From packages to what the ledger may know of them: amounts by date, never pay. Pure. */
package dev.fourthpillar.comp.entitle;
