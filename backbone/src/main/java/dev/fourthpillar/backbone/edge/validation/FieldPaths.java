package dev.fourthpillar.backbone.edge.validation;

import build.buf.validate.FieldPath;
import build.buf.validate.FieldPathElement;

/** Field paths as people write them: {@code records[3].amount.nanos}, {@code labels["team"]}. */
final class FieldPaths {
  private FieldPaths() {}

  static String toText(FieldPath path) {
    StringBuilder text = new StringBuilder();
    for (FieldPathElement element : path.getElementsList()) {
      if (!text.isEmpty()) {
        text.append('.');
      }
      text.append(element.getFieldName()).append(subscript(element));
    }
    return text.toString();
  }

  private static String subscript(FieldPathElement element) {
    return switch (element.getSubscriptCase()) {
      case INDEX -> "[" + element.getIndex() + "]";
      case BOOL_KEY -> "[" + element.getBoolKey() + "]";
      case INT_KEY -> "[" + element.getIntKey() + "]";
      case UINT_KEY -> "[" + Long.toUnsignedString(element.getUintKey()) + "]";
      case STRING_KEY -> "[\"" + element.getStringKey().replace("\"", "\\\"") + "\"]";
      case SUBSCRIPT_NOT_SET -> "";
    };
  }
}
