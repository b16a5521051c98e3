package dev.fourthpillar.cli.pay;

import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.type.Date;
import com.google.type.Decimal;
import com.google.type.Money;
import dev.fourthpillar.backbone.edge.time.DateMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * A message of the contract as people write it in YAML: its fields by name, amounts as {@code
 * 375,000 USD}, days as {@code 2026-01-01}, values of enums in small letters without their prefix.
 */
final class YamlMessage {
  private static final int MAX_CHARACTERS = 1_048_576;

  private final Path file;

  private YamlMessage(Path file) {
    this.file = file;
  }

  /**
   * @throws FileException when the file is no such message
   */
  static <B extends Message.Builder> B read(Path file, B into) {
    var yaml = new YamlMessage(file);
    yaml.message(yaml.tree(), into, "");
    return into;
  }

  private Object tree() {
    var options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    options.setCodePointLimit(MAX_CHARACTERS);
    var dumper = new DumperOptions();
    try {
      Object tree =
          new Yaml(
                  new SafeConstructor(options),
                  new Representer(dumper),
                  dumper,
                  options,
                  new TextOnly())
              .load(Files.readString(file));
      return tree == null ? Map.of() : tree;
    } catch (YAMLException e) {
      throw new FileException(file, "is no YAML: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new FileException(file, "cannot be read: " + e, e);
    }
  }

  /** Numbers stay text: 33.33 is exact, and no binary fraction. */
  private static final class TextOnly extends Resolver {
    @Override
    protected void addImplicitResolvers() {}
  }

  private void message(@Nullable Object tree, Message.Builder into, String path) {
    if (!(tree instanceof Map<?, ?> map)) {
      throw wrong(path, tree, "fields");
    }
    for (var entry : map.entrySet()) {
      var name = String.valueOf(entry.getKey());
      var field = into.getDescriptorForType().findFieldByName(name);
      if (field == null) {
        throw wrong(
            path,
            name,
            "one of "
                + into.getDescriptorForType().getFields().stream()
                    .map(FieldDescriptor::getName)
                    .collect(Collectors.joining(", ")));
      }
      var oneof = field.getContainingOneof();
      if (oneof != null && into.hasOneof(oneof)) {
        throw wrong(
            path, name, "only one of it and " + into.getOneofFieldDescriptor(oneof).getName());
      }
      field(field, entry.getValue(), into, path.isEmpty() ? name : path + "." + name);
    }
  }

  private void field(
      FieldDescriptor field, @Nullable Object tree, Message.Builder into, String path) {
    if (!field.isRepeated()) {
      into.setField(field, value(field, tree, into, path));
      return;
    }
    if (!(tree instanceof List<?> list)) {
      throw wrong(path, tree, "a list");
    }
    for (int i = 0; i < list.size(); i++) {
      into.addRepeatedField(field, value(field, list.get(i), into, path + "[" + i + "]"));
    }
  }

  private Object value(
      FieldDescriptor field, @Nullable Object tree, Message.Builder into, String path) {
    return switch (field.getJavaType()) {
      case MESSAGE -> part(field, tree, into, path);
      case ENUM -> name(field.getEnumType(), text(tree, path), path);
      case STRING -> text(tree, path);
      case BOOLEAN ->
          switch (text(tree, path)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw wrong(path, tree, "true or false");
          };
      case INT -> Math.toIntExact(whole(tree, path, Integer.MAX_VALUE));
      case LONG -> whole(tree, path, Long.MAX_VALUE);
      case FLOAT, DOUBLE, BYTE_STRING ->
          throw new IllegalStateException(field + ": the contract has no such fields");
    };
  }

  private Message part(
      FieldDescriptor field, @Nullable Object tree, Message.Builder into, String path) {
    var type = field.getMessageType().getFullName();
    if (type.equals(Money.getDescriptor().getFullName())) {
      return Amounts.parse(text(tree, path)).orElseThrow(() -> wrong(path, tree, Amounts.FORM));
    }
    if (type.equals(Decimal.getDescriptor().getFullName())) {
      return Decimal.newBuilder().setValue(text(tree, path)).build();
    }
    if (type.equals(Date.getDescriptor().getFullName())) {
      try {
        return DateMapper.toProto(LocalDate.parse(text(tree, path)));
      } catch (DateTimeException _) {
        throw wrong(path, tree, "a day, for example 2026-01-01");
      }
    }
    var part = into.newBuilderForField(field);
    message(tree == null || tree.equals("") ? Map.of() : tree, part, path);
    return part.build();
  }

  private EnumValueDescriptor name(EnumDescriptor type, String text, String path) {
    var prefix =
        type.getName().replaceAll("([a-z0-9])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT) + "_";
    var found = type.findValueByName(prefix + text.toUpperCase(Locale.ROOT).replace('-', '_'));
    if (found == null) {
      throw wrong(
          path,
          text,
          "one of "
              + type.getValues().stream()
                  .filter(value -> value.getNumber() != 0)
                  .map(value -> value.getName().substring(prefix.length()).toLowerCase(Locale.ROOT))
                  .collect(Collectors.joining(", ")));
    }
    return found;
  }

  private long whole(@Nullable Object tree, String path, long most) {
    try {
      long number = Long.parseLong(text(tree, path).replace("_", ""));
      if (number >= 0 && number <= most) {
        return number;
      }
    } catch (NumberFormatException _) {
      // Told below, like a number that is too large.
    }
    throw wrong(path, tree, "a whole number, 0 to " + most);
  }

  private String text(@Nullable Object tree, String path) {
    if (tree instanceof String text) {
      return text;
    }
    throw wrong(path, tree, "one value");
  }

  private FileException wrong(String path, @Nullable Object actual, String expected) {
    return new FileException(
        file, "%s%s (expected: %s)".formatted(path.isEmpty() ? "" : path + ": ", actual, expected));
  }
}
