package dev.fourthpillar.testkit.postgres;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives a test class one fresh database, shared by its tests and nested classes and dropped after
 * the last of them. Ask for it with a {@link TestDatabase} parameter.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@ExtendWith(PostgresExtension.class)
public @interface PostgresTest {

  /** Flyway locations, for example {@code classpath:db/feed}. None gives an empty database. */
  String[] migrations() default {};
}
