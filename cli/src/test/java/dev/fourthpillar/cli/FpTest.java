package dev.fourthpillar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What people type, and what they are told. */
final class FpTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

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

    assertThat(err.toString()).isEmpty();
    assertThat(exit).isZero();
    var claims = SignedJWT.parse(out.toString().strip()).getJWTClaimsSet();
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
    assertThat(err.toString()).contains("--engineer");
  }

  @Test
  void aTokenForLongerThanAllowedIsRefused() {
    assertThat(fp("token", "--data", data.toString(), "--role", "hr", "--ttl", "31d")).isEqualTo(2);
    assertThat(err.toString()).contains("at most 30d");
  }

  @Test
  void aRoleThatIsNoneIsRefusedWithThoseThereAre() {
    assertThat(fp("token", "--data", data.toString(), "--role", "king")).isEqualTo(2);
    assertThat(err.toString()).contains("FINANCE").contains("OPERATOR");
  }

  @Test
  void portsThatCannotBeReadAreRefusedWithTheForm() {
    assertThat(fp("up", "--data", data.toString(), "--ports", "budget:1")).isEqualTo(2);
    assertThat(err.toString()).contains("NAME=PORT");
    assertThat(fp("up", "--data", data.toString(), "--ports", "budgets=1")).isEqualTo(2);
    assertThat(err.toString()).contains("budget-management");
    assertThat(fp("up", "--data", data.toString(), "--ports", "budget=70000")).isEqualTo(2);
    assertThat(err.toString()).contains("1 to 65535");
  }

  @Test
  void withoutACommandTheCommandsAreListed() {
    assertThat(fp()).isEqualTo(2);
    assertThat(err.toString()).contains("up").contains("token");
  }

  private int fp(String... arguments) {
    CommandLine command = Fp.commandLine();
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    return command.execute(arguments);
  }
}
