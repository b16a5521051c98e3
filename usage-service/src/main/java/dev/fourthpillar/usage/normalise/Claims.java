package dev.fourthpillar.usage.normalise;

import dev.fourthpillar.usage.evidence.IdentityClaim;
import dev.fourthpillar.usage.evidence.IdentityClaim.Kind;
import dev.fourthpillar.usage.telemetry.Telemetry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Everything a record and its reception say about who did the work, in order of precedence. */
final class Claims {

  private Claims() {}

  /**
   * @param userId what the tool means by a {@code user.id} on the record itself, where not the user
   * @param installation the tool's id of the installation
   */
  static List<IdentityClaim> of(
      Telemetry record,
      Reception reception,
      Optional<String> userId,
      Optional<String> installation) {
    List<IdentityClaim> claims = new ArrayList<>();
    add(claims, Kind.ENGINEER, reception.engineer());
    add(claims, Kind.CREDENTIAL, reception.credential());
    add(claims, Kind.EMAIL, record.textAnywhere("user.email"));
    add(claims, Kind.ACCOUNT_UUID, record.textAnywhere("user.account_uuid"));
    add(claims, Kind.ACCOUNT_ID, record.textAnywhere("user.account_id"));
    add(claims, Kind.END_USER_ID, record.textAnywhere("enduser.id"));
    add(claims, Kind.END_USER_ID, record.attributes().text("litellm.end_user.id"));
    add(claims, Kind.USER_ID, userId);
    add(claims, Kind.INSTALLATION_ID, installation);
    return claims;
  }

  private static void add(List<IdentityClaim> claims, Kind kind, Optional<String> value) {
    value.ifPresent(claimed -> claims.add(new IdentityClaim(kind, claimed)));
  }
}
