package dev.fourthpillar.testkit.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import java.util.stream.Stream;

/** Binary fractions, boxed or in arrays, wherever a class keeps, takes or gives a value. */
final class FloatingPoint {

  private static final Set<String> TYPES =
      Set.of("double", "float", "java.lang.Double", "java.lang.Float");

  static final ArchCondition<JavaClass> BE_ABSENT =
      new ArchCondition<>("have no field, parameter or result of type double or float") {
        @Override
        public void check(JavaClass type, ConditionEvents events) {
          for (JavaField field : type.getFields()) {
            if (floats(field.getRawType())) {
              events.add(SimpleConditionEvent.violated(type, field.getDescription() + " floats"));
            }
          }
          for (JavaCodeUnit unit : type.getCodeUnits()) {
            boolean floats =
                Stream.concat(
                        unit.getRawParameterTypes().stream(), Stream.of(unit.getRawReturnType()))
                    .anyMatch(FloatingPoint::floats);
            if (floats) {
              events.add(SimpleConditionEvent.violated(type, unit.getDescription() + " floats"));
            }
          }
        }
      };

  private FloatingPoint() {}

  private static boolean floats(JavaClass type) {
    return TYPES.contains(type.getBaseComponentType().getName());
  }
}
