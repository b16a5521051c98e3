package dev.fourthpillar.cli.demo;

import dev.fourthpillar.comp.v1.CompensationPackage;
import dev.fourthpillar.comp.v1.Engineer;

/**
 * One of the company's engineers.
 *
 * @param engineer as PeopleService is told
 * @param pay as PackageService is told
 * @param story one line for the reader
 */
record Employee(Engineer engineer, CompensationPackage pay, String story) {

  String id() {
    return engineer.getEngineer();
  }

  String currency() {
    return engineer.getCurrencyCode();
  }
}
