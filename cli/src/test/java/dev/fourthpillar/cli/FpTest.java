package dev.fourthpillar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people type, and what they are told. */
final class FpTest {
  private final Terminal terminal = new Terminal();

  @TempDir private Path data;

  @Test
  void aTokenSaysWhoAndWhatAndForHowLong() throws ParseException {
    int exit =
        fp(
            "token",
            "--data",
            data.toString(),
            "--role",
            "engineer,ingest",
            "--engineer",
            "ada",
            "--ttl",
            "90m");

    assertThat(terminal.err()).isEmpty();
    assertThat(exit).isZero();
    var claims = SignedJWT.parse(terminal.out().strip()).getJWTClaimsSet();
    assertThat(claims.getSubject()).isEqualTo("ada");
    assertThat(claims.getStringClaim("engineer")).isEqualTo("ada");
    assertThat(claims.getStringListClaim("roles")).containsExactly("ENGINEER", "INGEST");
    assertThat(
            Duration.between(
                claims.getIssueTime().toInstant(), claims.getExpirationTime().toInstant()))
        .isEqualTo(Duration.ofMinutes(90));
  }

  @Test
  void anEngineerWithoutAnIdIsRefused() {
    assertThat(fp("token", "--data", data.toString(), "--role", "engineer")).isEqualTo(2);
    assertThat(terminal.err()).contains("--engineer");
  }

  @Test
  void aTokenForLongerThanAllowedIsRefused() {
    assertThat(fp("token", "--data", data.toString(), "--role", "hr", "--ttl", "31d")).isEqualTo(2);
    assertThat(terminal.err()).contains("at most 30d");
  }

  @Test
  void aRoleThatIsNoneIsRefusedWithThoseThereAre() {
    assertThat(fp("token", "--data", data.toString(), "--role", "king")).isEqualTo(2);
    assertThat(terminal.err()).contains("FINANCE").contains("OPERATOR");
  }

  @Test
  void portsThatCannotBeReadAreRefusedWithTheForm() {
    assertThat(fp("up", "--data", data.toString(), "--ports", "budget:1")).isEqualTo(2);
    assertThat(terminal.err()).contains("NAME=PORT");
    assertThat(fp("up", "--data", data.toString(), "--ports", "budgets=1")).isEqualTo(2);
    assertThat(terminal.err()).contains("budget-management");
    assertThat(fp("up", "--data", data.toString(), "--ports", "budget=70000")).isEqualTo(2);
    assertThat(terminal.err()).contains("1 to 65535");
  }

  @Test
  void withoutACommandTheCommandsAreListed() {
    assertThat(fp()).isEqualTo(2);
    assertThat(terminal.err()).contains("up").contains("token");
  }

  private int fp(String... arguments) {
    return terminal.fp(arguments);
  }
}
