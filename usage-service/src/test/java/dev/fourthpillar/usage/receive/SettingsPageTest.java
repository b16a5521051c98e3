package dev.fourthpillar.usage.receive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.core.bind.annotation.Bindable;
import io.micronaut.core.convert.ConversionService;
import io.micronaut.core.naming.NameUtils;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Parameter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** docs/architecture/usage-intake.md says what the doors can be set to. */
class SettingsPageTest {
  private static final Path PAGE = Path.of("../docs/architecture/usage-intake.md");
  private static final Constructor<?> RECORD = OtlpConfig.class.getDeclaredConstructors()[0];

  @Test
  void thePageNamesEveryKeyWithItsDefault() throws Exception {
    Map<String, String> inCode = new LinkedHashMap<>();
    for (Parameter parameter : RECORD.getParameters()) {
      inCode.put(key(parameter), byDefault(parameter));
    }
    Map<String, String> onPage = new LinkedHashMap<>();
    rows().forEach(cells -> onPage.put(cells[1].replace("`", ""), cells[2]));

    assertThat(onPage).isEqualTo(inCode);
  }

  @Test
  void theRangesAreTheOnesThatAreEnforced() throws Throwable {
    for (String[] cells : rows()) {
      String key = cells[1].replace("`", "");
      String[] ends = cells[3].split(" to ", 2);
      Class<?> type = parameter(key).getType();
      Object min = read(ends[0], type);
      Object max = read(ends[1], type);
      make(key, min);
      make(key, max);
      for (Object outside : List.of(next(min, -1), next(max, 1))) {
        assertThatThrownBy(() -> make(key, outside))
            .hasMessageStartingWith(key + ": " + outside + " (expected: ");
      }
    }
  }

  private static void make(String key, Object value) throws Throwable {
    Object[] arguments = new Object[RECORD.getParameterCount()];
    for (int i = 0; i < arguments.length; i++) {
      Parameter other = RECORD.getParameters()[i];
      arguments[i] = key(other).equals(key) ? value : read(byDefault(other), other.getType());
    }
    try {
      RECORD.newInstance(arguments);
    } catch (InvocationTargetException refused) {
      throw refused.getCause();
    }
  }

  private static Parameter parameter(String key) {
    for (Parameter parameter : RECORD.getParameters()) {
      if (key(parameter).equals(key)) {
        return parameter;
      }
    }
    throw new AssertionError(key);
  }

  private static String key(Parameter parameter) {
    return OtlpConfig.PREFIX + "." + NameUtils.hyphenate(parameter.getName());
  }

  private static String byDefault(Parameter parameter) {
    return parameter.getAnnotation(Bindable.class).defaultValue();
  }

  private static Object read(String text, Class<?> type) {
    return ConversionService.SHARED.convert(text, type).orElseThrow();
  }

  private static Object next(Object value, int direction) {
    return value instanceof Duration duration
        ? duration.plusNanos(direction)
        : (Object) ((int) value + direction);
  }

  private static List<String[]> rows() throws Exception {
    return Files.readAllLines(PAGE).stream()
        .filter(line -> line.startsWith("| `" + OtlpConfig.PREFIX + "."))
        .map(line -> line.split(" *\\| *", -1))
        .toList();
  }
}
