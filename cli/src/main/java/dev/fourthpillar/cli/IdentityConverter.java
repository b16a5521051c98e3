package dev.fourthpillar.cli;

import dev.fourthpillar.type.v1.Identity;
import dev.fourthpillar.type.v1.IdentityKind;
import java.util.Arrays;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code email=ada@example.com}. */
final class IdentityConverter implements ITypeConverter<Identity> {
  private static final String PREFIX = "IDENTITY_KIND_";

  @Override
  public Identity convert(String value) {
    int equals = value.indexOf('=');
    String kind = PREFIX + value.substring(0, Math.max(0, equals)).toUpperCase(Locale.ROOT);
    return Arrays.stream(IdentityKind.values())
        .filter(one -> one != IdentityKind.IDENTITY_KIND_UNSPECIFIED)
        .filter(one -> one.name().equals(kind))
        .findFirst()
        .map(
            one -> Identity.newBuilder().setKind(one).setValue(value.substring(equals + 1)).build())
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "'%s' (expected: KIND=VALUE, for example email=ada@example.com)"
                        .formatted(value)));
  }
}
