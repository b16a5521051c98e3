package dev.fourthpillar.budget;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import io.micronaut.core.naming.NameUtils;
import java.io.IOException;
import java.lang.reflect.Parameter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/architecture/budget-configuration.md says which keys there are, and their defaults. */
final class BudgetConfigurationPageTest {
  private static final Path PAGE = Path.of("../docs/architecture/budget-configuration.md");

  @Test
  void thePageNamesEveryKeyWithItsDefault() throws IOException {
    Map<String, String> inCode = new HashMap<>();
    new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.fourthpillar.budget")
            .stream()
            .filter(type -> type.isAnnotatedWith(ConfigurationProperties.class))
            .map(JavaClass::reflect)
            .forEach(
                record -> {
                  String prefix = record.getAnnotation(ConfigurationProperties.class).value();
                  for (Parameter parameter : record.getDeclaredConstructors()[0].getParameters()) {
                    inCode.put(
                        prefix + "." + NameUtils.hyphenate(parameter.getName()),
                        parameter.getAnnotation(Bindable.class).defaultValue());
                  }
                });
    Set<String> prefixes =
        inCode.keySet().stream()
            .map(key -> key.substring(0, key.lastIndexOf('.')))
            .collect(Collectors.toSet());
    Map<String, String> onPage = new HashMap<>();
    for (String line : Files.readAllLines(PAGE)) {
      String[] cells = Arrays.stream(line.split("\\|")).map(String::strip).toArray(String[]::new);
      if (cells.length > 3 && cells[1].startsWith("`fourthpillar.")) {
        String key = cells[1].replace("`", "");
        if (prefixes.contains(key.substring(0, key.lastIndexOf('.')))) {
          onPage.put(key, cells[2]);
        }
      }
    }

    assertThat(inCode).isNotEmpty();
    assertThat(onPage).containsExactlyInAnyOrderEntriesOf(inCode);
  }
}
