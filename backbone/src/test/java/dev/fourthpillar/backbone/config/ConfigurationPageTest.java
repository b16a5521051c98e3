package dev.fourthpillar.backbone.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.micronaut.context.annotation.ConfigurationProperties;
import io.micronaut.core.bind.annotation.Bindable;
import io.micronaut.core.convert.ConversionService;
import io.micronaut.core.naming.NameUtils;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Parameter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** docs/architecture/configuration.md says what the code does: keys, defaults, ranges. */
class ConfigurationPageTest {
  private static final Path PAGE = Path.of("../docs/architecture/configuration.md");
  private static final String NONE = "none";

  /** A line of one of the page's tables. */
  private record Row(String key, String value, String range) {}

  /** A component of one of our configuration records. */
  private record Setting(Constructor<?> record, int index, String prefix, Parameter parameter) {
    String name() {
      return NameUtils.hyphenate(parameter.getName());
    }

    String key() {
      return prefix + "." + name();
    }

    String defaultValue() {
      return Optional.ofNullable(parameter.getAnnotation(Bindable.class))
          .map(Bindable::defaultValue)
          .orElse(NONE);
    }

    /** The record with its defaults, but for this component. */
    void make(Object value) throws Throwable {
      Object[] arguments = new Object[record.getParameterCount()];
      for (int i = 0; i < arguments.length; i++) {
        Setting other = new Setting(record, i, prefix, record.getParameters()[i]);
        arguments[i] = i == index ? value : other.usable();
      }
      try {
        record.newInstance(arguments);
      } catch (InvocationTargetException e) {
        throw e.getCause();
      }
    }

    private Object usable() {
      // Mode LOCAL needs no issuer, which has no default.
      String text = name().equals("mode") ? "LOCAL" : defaultValue();
      return text.equals(NONE) ? null : read(text, parameter.getType());
    }
  }

  @Test
  void thePageNamesEveryKeyWithItsDefault() throws Exception {
    Map<String, String> inCode = new LinkedHashMap<>();
    settings().forEach(setting -> inCode.put(setting.key(), setting.defaultValue()));
    try (InputStream yaml =
        getClass().getClassLoader().getResourceAsStream(BackboneDefaults.RESOURCE)) {
      new BackboneDefaults()
          .read(BackboneDefaults.RESOURCE, yaml)
          .forEach((key, value) -> inCode.put(key, value.toString()));
    }
    Map<String, String> onPage = new LinkedHashMap<>();
    rows().forEach(row -> onPage.put(row.key(), row.value()));
    assertThat(inCode).hasSizeGreaterThan(50);
    assertThat(onPage).containsExactlyInAnyOrderEntriesOf(inCode);
  }

  @TestFactory
  Stream<DynamicTest> theRangesAreTheOnesThatAreEnforced() throws Exception {
    Map<String, Setting> byKey = new LinkedHashMap<>();
    settings().forEach(setting -> byKey.put(setting.key(), setting));
    return rows().stream()
        .filter(row -> row.range().contains(" to "))
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row.key(), () -> requireRange(row, byKey.get(row.key()), byKey)));
  }

  private static void requireRange(Row row, Setting setting, Map<String, Setting> byKey)
      throws Throwable {
    String[] ends = row.range().split(" to ", 2);
    Class<?> type = setting.parameter().getType();
    String low =
        ends[0].startsWith("`")
            ? byKey.get(setting.prefix() + "." + ends[0].replace("`", "")).defaultValue()
            : ends[0];
    Object min = read(low, type);
    Object max = read(ends[1], type);
    setting.make(min);
    requireRefused(setting, next(min, -1));
    // Where another key is the upper end at the same time, its own row says so.
    if (!hasUpperNeighbour(setting, byKey)) {
      setting.make(max);
    }
    requireRefused(setting, next(max, 1));
  }

  private static boolean hasUpperNeighbour(Setting setting, Map<String, Setting> byKey) {
    String name = setting.name();
    return byKey.containsKey(setting.prefix() + ".idle-" + name)
        || name.equals("default-deadline")
        || name.equals("jwks-cache-time");
  }

  private static void requireRefused(Setting setting, Object value) {
    assertThatThrownBy(() -> setting.make(value))
        .hasMessageStartingWith(setting.key() + ": " + value + " (expected: ");
  }

  private static Object next(Object value, int direction) {
    return switch (value) {
      case Duration duration -> duration.plusNanos(direction);
      case Integer number -> number + direction;
      default -> throw new IllegalArgumentException("no range of " + value.getClass());
    };
  }

  private static Object read(String text, Class<?> type) {
    return ConversionService.SHARED.convert(text, type).orElseThrow();
  }

  private static List<Setting> settings() {
    return new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.fourthpillar.backbone")
            .stream()
            .filter(type -> type.isAnnotatedWith(ConfigurationProperties.class))
            .map(JavaClass::reflect)
            .flatMap(ConfigurationPageTest::settings)
            .toList();
  }

  private static Stream<Setting> settings(Class<?> type) {
    Constructor<?> constructor = type.getDeclaredConstructors()[0];
    constructor.setAccessible(true);
    String prefix = type.getAnnotation(ConfigurationProperties.class).value();
    return Stream.iterate(0, i -> i < constructor.getParameterCount(), i -> i + 1)
        .map(i -> new Setting(constructor, i, prefix, constructor.getParameters()[i]));
  }

  private static List<Row> rows() throws Exception {
    return Files.readAllLines(PAGE).stream()
        .filter(line -> line.startsWith("| `"))
        .map(line -> line.split(" *\\| *", -1))
        .map(cells -> new Row(cells[1].replace("`", ""), cells[2], cells[3]))
        .toList();
  }
}
