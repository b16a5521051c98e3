package dev.fourthpillar.backbone.edge.validation;

import build.buf.validate.Ignore;
import build.buf.validate.ValidateProto;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.type.Date;
import com.google.type.Decimal;
import com.google.type.Money;
import dev.fourthpillar.backbone.edge.decimal.DecimalMapper;
import dev.fourthpillar.backbone.edge.money.MoneyMapper;
import dev.fourthpillar.backbone.edge.time.DateMapper;
import dev.fourthpillar.backbone.failure.Violation;
import dev.fourthpillar.type.v1.MoneySignProto;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * What holds for every request and stands beside no field: text has no U+0000, which PostgreSQL
 * cannot store, and money, dates and decimals are well formed. And the sign of money, which stands
 * beside its field. Checked with the contract's rules, so that all violations of a request are told
 * at once. What the contract leaves to the service to validate ({@code IGNORE_ALWAYS}) is left
 * here, too.
 */
final class CommonRules {
  private static final int KEY = 1;
  private static final int VALUE = 2;

  private CommonRules() {}

  static List<Violation> violations(Message request) {
    List<Violation> violations = new ArrayList<>();
    check("", request, violations);
    return violations;
  }

  private static void check(String prefix, Message message, List<Violation> violations) {
    for (Map.Entry<FieldDescriptor, Object> entry : message.getAllFields().entrySet()) {
      FieldDescriptor field = entry.getKey();
      switch (field.getJavaType()) {
        case STRING -> check(prefix + field.getName(), field, entry.getValue(), violations);
        case MESSAGE -> {
          if (!isLeftToTheService(field)) {
            check(prefix + field.getName(), field, entry.getValue(), violations);
            checkSign(prefix + field.getName(), field, entry.getValue(), violations);
          }
        }
        case INT, LONG, FLOAT, DOUBLE, BOOLEAN, BYTE_STRING, ENUM -> {
          // Nothing holds for all of them.
        }
      }
    }
  }

  private static boolean isLeftToTheService(FieldDescriptor field) {
    return field.getOptions().getExtension(ValidateProto.field).getIgnore() == Ignore.IGNORE_ALWAYS;
  }

  /**
   * Not an expression of {@code buf.validate}: evaluating one takes longer than all else that is
   * checked of a reserve.
   */
  private static void checkSign(
      String path, FieldDescriptor field, Object value, List<Violation> violations) {
    if (value instanceof Money money) {
      int sign = Long.signum(money.getUnits()) + Integer.signum(money.getNanos());
      switch (field.getOptions().getExtension(MoneySignProto.moneySign)) {
        case MONEY_SIGN_POSITIVE -> {
          if (sign <= 0) {
            violations.add(new Violation(path, "must be more than 0", "money.positive"));
          }
        }
        case MONEY_SIGN_NOT_NEGATIVE -> {
          if (sign < 0) {
            violations.add(new Violation(path, "must be 0 or more", "money.not_negative"));
          }
        }
        case MONEY_SIGN_UNSPECIFIED, UNRECOGNIZED -> {
          // Any will do.
        }
      }
    }
  }

  private static void check(
      String path, FieldDescriptor field, Object value, List<Violation> violations) {
    if (field.isMapField()) {
      for (Object entry : (Collection<?>) value) {
        checkEntry(path, (Message) entry, violations);
      }
    } else if (value instanceof Collection<?> items) {
      int index = 0;
      for (Object item : items) {
        checkOne(path + "[" + index + "]", item, violations);
        index++;
      }
    } else {
      checkOne(path, value, violations);
    }
  }

  private static void checkEntry(String path, Message entry, List<Violation> violations) {
    Object key = entry.getField(entry.getDescriptorForType().findFieldByNumber(KEY));
    Object value = entry.getField(entry.getDescriptorForType().findFieldByNumber(VALUE));
    String at = key instanceof String text ? "[\"" + text + "\"]" : "[" + key + "]";
    checkOne(path + at, key, violations);
    checkOne(path + at, value, violations);
  }

  private static void checkOne(String path, Object value, List<Violation> violations) {
    switch (value) {
      case String text when text.indexOf('\0') >= 0 ->
          violations.add(new Violation(path, "must not contain U+0000", "string.no_nul"));
      case Money money -> violations.addAll(MoneyMapper.violations(money, path));
      case Date date -> violations.addAll(DateMapper.violations(date, path));
      case Decimal decimal -> violations.addAll(DecimalMapper.violations(decimal, path));
      case Message message -> check(path + ".", message, violations);
      default -> {
        // Nothing holds for it.
      }
    }
  }
}
