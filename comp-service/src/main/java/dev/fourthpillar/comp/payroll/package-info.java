/** The employer charges that are recorded by country: legal numbers as data. */
package dev.fourthpillar.comp.payroll;
