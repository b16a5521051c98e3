package dev.fourthpillar.backbone.edge.auth;

import com.nimbusds.jwt.JWTClaimsSet;
import dev.fourthpillar.backbone.caller.Caller;
import dev.fourthpillar.backbone.caller.Role;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads a caller from a token's claims.
 *
 * @param rolesClaim name or dotted path of the claim that lists roles: an array of strings, or one
 *     string with spaces. A role is its name in the contract, in any case, with or without {@code
 *     ROLE_}; names that are not ours are passed over, issuers put theirs into the same claim
 * @param engineerClaim name or dotted path of the claim with the engineer id
 */
record CallerClaims(String rolesClaim, String engineerClaim) {
  private static final String PREFIX = "ROLE_";
  private static final String NEVER_VALID = "UNSPECIFIED";
  private static final Map<String, Role> BY_NAME =
      Arrays.stream(Role.values()).collect(Collectors.toMap(Enum::name, Function.identity()));

  Caller toCaller(JWTClaimsSet claims) throws TokenClaimsVerifier.Unacceptable {
    Optional<String> engineer =
        find(claims, engineerClaim) instanceof String id && !id.isBlank()
            ? Optional.of(id)
            : Optional.empty();
    return new Caller(claims.getSubject(), engineer, roles(find(claims, rolesClaim)));
  }

  private Set<Role> roles(@Nullable Object claim) throws TokenClaimsVerifier.Unacceptable {
    Set<Role> roles = EnumSet.noneOf(Role.class);
    for (String name : names(claim)) {
      String upper = name.toUpperCase(Locale.ROOT);
      String bare = upper.startsWith(PREFIX) ? upper.substring(PREFIX.length()) : upper;
      if (bare.equals(NEVER_VALID)) {
        throw new TokenClaimsVerifier.Unacceptable(
            "its claim %s lists the role UNSPECIFIED, which is never valid".formatted(rolesClaim));
      }
      Role role = BY_NAME.get(bare);
      if (role != null) {
        roles.add(role);
      }
    }
    return roles;
  }

  private static List<String> names(@Nullable Object claim) {
    return switch (claim) {
      case String text -> List.of(text.trim().split(" +", -1));
      case Collection<?> list ->
          list.stream().filter(String.class::isInstance).map(String.class::cast).toList();
      case null, default -> List.of();
    };
  }

  private static @Nullable Object find(JWTClaimsSet claims, String path) {
    // Some issuers name claims by URL, so a whole name goes before a path.
    if (claims.getClaim(path) != null) {
      return claims.getClaim(path);
    }
    Object value = claims.getClaims();
    for (String step : path.split("\\.", -1)) {
      value = value instanceof Map<?, ?> map ? map.get(step) : null;
    }
    return value;
  }
}
