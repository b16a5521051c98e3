package dev.fourthpillar.cli.budget;

import com.google.protobuf.Timestamp;
import dev.fourthpillar.backbone.edge.time.TimestampMapper;

/** What a column shows of a value. */
public final class Cells {
  private Cells() {}

  public static String time(Timestamp time) {
    return TimestampMapper.fromProto(time).toString();
  }

  /** {@code ENTRY_KIND_GRANT} as {@code GRANT}. */
  public static String name(Enum<?> value, String prefix) {
    return value.name().startsWith(prefix) ? value.name().substring(prefix.length()) : value.name();
  }
}
