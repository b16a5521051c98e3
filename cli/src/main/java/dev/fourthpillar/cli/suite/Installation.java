package dev.fourthpillar.cli.suite;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the services' jars are: the directory of the sources in which they were built. */
record Installation(Path root) {
  /** Says where, when this class was not loaded from {@code cli/target}. */
  static final String PROPERTY = "fourthpillar.home";

  static Installation find() {
    String configured = System.getProperty(PROPERTY);
    if (configured != null) {
      return new Installation(Path.of(configured));
    }
    try {
      URI self = Installation.class.getProtectionDomain().getCodeSource().getLocation().toURI();
      // cli/target/fp.jar or cli/target/classes
      return new Installation(Path.of(self).resolve("../../..").normalize());
    } catch (URISyntaxException e) {
      throw new SuiteException("cannot tell where fp was installed; set -D" + PROPERTY, e);
    }
  }

  /** Where Java keeps what it learned of the service's start (JEP 483, 514). */
  Path startCache(SuiteService service) {
    return target(service, ".aot");
  }

  private Path target(SuiteService service, String ending) {
    return root.resolve(service.id()).resolve("target").resolve(service.id() + ending);
  }

  Path jar(SuiteService service) {
    Path jar = target(service, ".jar");
    if (!Files.isReadable(jar)) {
      throw new SuiteException(
          "%s is not there (expected: built; ./fp builds it, and so does ./mvnw -DskipTests package)"
              .formatted(jar));
    }
    return jar;
  }
}
