/** What the employer pays beside a package: charges by rule, benefits, overhead. */
package dev.fourthpillar.comp.employer;
