/** What is decided when a month is over: whether consumption has reached base salary. */
package dev.fourthpillar.comp.monthclose;
