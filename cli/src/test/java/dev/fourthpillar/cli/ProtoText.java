package dev.fourthpillar.cli;

import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;

/** Messages as text. */
final class ProtoText {
  private ProtoText() {}

  static <B extends Message.Builder> B parsed(String text, B builder) {
    try {
      TextFormat.merge(text, builder);
      return builder;
    } catch (TextFormat.ParseException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
