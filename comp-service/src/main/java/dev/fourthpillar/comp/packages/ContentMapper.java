package dev.fourthpillar.comp.packages;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.fourthpillar.backbone.failure.Failure;
import dev.fourthpillar.backbone.failure.Violation;
import dev.fourthpillar.comp.api.PackageMapper;
import dev.fourthpillar.comp.v1.CompensationPackage;
import dev.fourthpillar.comp.v1.TokenQuantities;
import dev.fourthpillar.pricing.quantity.Meter;
import java.util.ArrayList;
import java.util.List;

/** Packages as they are kept. */
final class ContentMapper {
  private static final JsonFormat.Printer PRINTER =
      JsonFormat.printer().omittingInsignificantWhitespace();

  // A replica of the version before reads what it knows.
  private static final JsonFormat.Parser PARSER = JsonFormat.parser().ignoringUnknownFields();

  private ContentMapper() {}

  /**
   * @param field path of the package in the request, for violations
   */
  static StoredPackage fromProto(CompensationPackage pack, String field) {
    var meant = PackageMapper.fromProto(pack, field);
    checkMeters(pack.getTokens().getQuantities(), field.isEmpty() ? field : field + ".");
    return new StoredPackage(pack.toByteArray(), meant);
  }

  static StoredPackage fromEncoded(byte[] encoded) {
    return stored(parse(encoded), encoded);
  }

  /** A row from before packages were kept encoded too. */
  static StoredPackage fromJson(String json) {
    try {
      CompensationPackage.Builder pack = CompensationPackage.newBuilder();
      PARSER.merge(json, pack);
      return stored(pack.build(), pack.build().toByteArray());
    } catch (InvalidProtocolBufferException e) {
      throw kept(e);
    }
  }

  /** The same for people who ask the database. */
  static String toJson(StoredPackage stored) {
    try {
      return PRINTER.print(toProto(stored));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a package is no JSON", e);
    }
  }

  static CompensationPackage toProto(StoredPackage stored) {
    return parse(stored.encoded());
  }

  private static StoredPackage stored(CompensationPackage pack, byte[] encoded) {
    return new StoredPackage(encoded, PackageMapper.fromProto(pack, "content"));
  }

  private static CompensationPackage parse(byte[] encoded) {
    try {
      return CompensationPackage.parseFrom(encoded);
    } catch (InvalidProtocolBufferException e) {
      throw kept(e);
    }
  }

  private static IllegalStateException kept(InvalidProtocolBufferException e) {
    return new IllegalStateException("a kept package is none", e);
  }

  /** What nothing can be counted in cannot be granted: the ledger would find no price for it. */
  private static void checkMeters(TokenQuantities quantities, String prefix) {
    List<Violation> violations = new ArrayList<>();
    for (int i = 0; i < quantities.getLinesCount(); i++) {
      String meter = quantities.getLines(i).getMeter();
      try {
        Meter.parse(meter);
      } catch (IllegalArgumentException _) {
        violations.add(
            new Violation(
                "%stokens.quantities.lines[%d].meter".formatted(prefix, i),
                "must be a meter, for example input; it is '%s'".formatted(meter),
                "packages.meter"));
      }
    }
    if (!violations.isEmpty()) {
      throw Failure.invalidFields(violations).asException();
    }
  }
}
