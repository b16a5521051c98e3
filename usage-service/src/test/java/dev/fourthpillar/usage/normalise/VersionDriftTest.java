package dev.fourthpillar.usage.normalise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.pricing.quantity.TokenMeter;
import dev.fourthpillar.usage.Captures;
import dev.fourthpillar.usage.LogFixture;
import dev.fourthpillar.usage.evidence.Alias;
import dev.fourthpillar.usage.evidence.ClaimedCost;
import dev.fourthpillar.usage.evidence.Evidence;
import dev.fourthpillar.usage.evidence.EvidenceFlag;
import dev.fourthpillar.usage.evidence.IdentityClaim;
import dev.fourthpillar.usage.evidence.IdentityClaim.Kind;
import dev.fourthpillar.usage.telemetry.IgnoreReason;
import dev.fourthpillar.usage.unit.Acceptance;
import dev.fourthpillar.usage.unit.UnitBook;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What versions, settings and accidents change about a record, and what must not change with it.
 */
class VersionDriftTest {

  /**
   * Claude Code 2.0.14: every number a string, no ids of request or prompt, no split, no sequence.
   */
  private static LogFixture claude20() {
    return LogFixture.of("claude-code", "com.anthropic.claude_code.events")
        .body("claude_code.api_request")
        .at("2026-11-20T16:00:00.125Z")
        .with("event.name", "api_request")
        .with("event.timestamp", "2026-11-20T16:00:00.125Z")
        .with("session.id", "session-1")
        .with("user.id", "installation-1")
        .with("model", "claude-sonnet-4-5")
        .with("input_tokens", "1101")
        .with("output_tokens", "553")
        .with("cache_read_tokens", "21009")
        .with("cache_creation_tokens", "408")
        .with("cost_usd", "0.0194307");
  }

  @Test
  void claude20SaysTheSameWithStringsAndNoIds() {
    Evidence evidence = counted(claude20());

    assertThat(evidence.quantities().counts())
        .isEqualTo(
            Map.of(
                TokenMeter.INPUT, 1101L,
                TokenMeter.OUTPUT, 553L,
                TokenMeter.CACHE_READ, 21009L,
                TokenMeter.CACHE_WRITE, 408L));
    assertThat(evidence.aliases()).isEmpty();
    assertThat(evidence.claimedCost()).contains(new ClaimedCost(19_430_700));
    assertThat(evidence.claims())
        .containsExactly(new IdentityClaim(Kind.INSTALLATION_ID, "installation-1"));
    assertThat(evidence.flags()).isEmpty();
  }

  @Test
  void claude20ResentIsADuplicateAndAnotherCallIsNot() {
    UnitBook book = new UnitBook();
    book.accept(counted(claude20()));
    assertThat(book.accept(counted(claude20()))).isInstanceOf(Acceptance.Duplicate.class);
    assertThat(book.accept(counted(claude20().with("output_tokens", "554"))))
        .isInstanceOf(Acceptance.Opened.class);
    assertThat(
            book.accept(
                counted(
                    claude20()
                        .at("2026-11-20T16:00:00.126Z")
                        .with("event.timestamp", "2026-11-20T16:00:00.126Z"))))
        .isInstanceOf(Acceptance.Opened.class);
    assertThat(book.units()).hasSize(3);
  }

  @Test
  void aTypeChangesNeitherKeyNorContent() {
    Evidence ints = counted(LogFixture.claude("req_1"));
    Evidence strings =
        counted(
            LogFixture.claude("req_1").with("input_tokens", "1101").with("output_tokens", "553"));
    Evidence doubles =
        counted(
            LogFixture.claude("req_1").with("input_tokens", 1101.0).with("output_tokens", 553.0));
    assertThat(strings).isEqualTo(ints);
    assertThat(doubles).isEqualTo(ints);
  }

  @Test
  void withoutARequestIdTheSequenceOfTheSessionIdentifies() {
    LogFixture one = LogFixture.claude("req_1").without("request_id");
    Evidence evidence = counted(one);
    assertThat(counted(one).key()).isEqualTo(evidence.key());
    assertThat(counted(one.with("event.sequence", "6")).key()).isEqualTo(evidence.key());
    assertThat(counted(one.with("event.sequence", 7)).key()).isNotEqualTo(evidence.key());
  }

  @Test
  void theToolIsRecognisedWhateverTheUserCallsTheService() {
    for (String service : new String[] {"claude-code", "", "my laptop"}) {
      Evidence evidence =
          counted(
              LogFixture.of(service, "renamed.by.a.collector")
                  .body("claude_code.api_request")
                  .at("2026-11-20T16:00:00.125Z")
                  .with("request_id", "req_1")
                  .with("input_tokens", 5)
                  .with("output_tokens", 6));
      assertThat(evidence.signal().id()).isEqualTo("claude_code.api_request");
    }
    assertThat(counted(scoped("gemini-cli")).signal().id()).isEqualTo("gemini_cli.api_response");
    LogFixture prefixed =
        LogFixture.of("team-agents", "").with("event.name", "claude_code.api_request");
    assertThat(counted(prefixed.at("2026-11-20T16:00:00Z").with("input_tokens", 1)).signal().id())
        .isEqualTo("claude_code.api_request");
  }

  private static LogFixture scoped(String scope) {
    return LogFixture.of("my laptop", scope)
        .at("2026-11-20T16:00:00.125Z")
        .with("event.name", "gemini_cli.api_response")
        .with("input_token_count", 5);
  }

  @Test
  void theNameMayStandInOtlpsOwnField() {
    LogFixture named =
        LogFixture.claude("req_1")
            .without("event.name")
            .body("")
            .eventName("claude_code.api_request");
    assertThat(counted(named)).isEqualTo(counted(LogFixture.claude("req_1")));
  }

  @Test
  void whatIsNotUnderstoodIsTalliedAndStandsOutWhereItHasNumbers() {
    LogFixture unknown = LogFixture.of("some-agent", "x").with("event.name", "hello");
    assertThat(Captures.read(unknown.export()).ignored())
        .isEqualTo(Map.of(IgnoreReason.UNKNOWN_TOOL, 1L));
    assertThat(Captures.read(unknown.with("gen_ai.usage.input_tokens", 5).export()).ignored())
        .isEqualTo(Map.of(IgnoreReason.UNRECOGNISED_USAGE, 1L));
    LogFixture renamed = LogFixture.claude("req_1").with("event.name", "model_request");
    assertThat(Captures.read(renamed.export()).ignored())
        .isEqualTo(Map.of(IgnoreReason.UNRECOGNISED_USAGE, 1L));
  }

  @Test
  void aRejectedRecordIsTheSameHoweverOftenItIsSent() {
    LogFixture broken = LogFixture.codex().with("output_token_count", "-1");
    Reading.Rejected first = Captures.read(broken.export()).rejected().getFirst();
    Reading.Rejected resent =
        Captures.read(broken.observedAt("2026-11-20T16:40:00Z").export()).rejected().getFirst();
    assertThat(resent.fingerprint()).isEqualTo(first.fingerprint());
    Reading.Rejected other =
        Captures.read(broken.with("output_token_count", "-2").export()).rejected().getFirst();
    assertThat(other.fingerprint()).isNotEqualTo(first.fingerprint());
  }

  @Test
  void codexIsDatedByItsAttributeHoweverOftenItIsObserved() {
    Evidence first = counted(LogFixture.codex());
    // Observed in another hour than the first time, which must not be another bucket.
    Evidence resent = counted(LogFixture.codex().observedAt("2026-11-20T17:31:07Z"));

    assertThat(resent.key()).isEqualTo(first.key());
    // Told as 16:00:00.125771441, and kept as exactly as the database does.
    assertThat(first.eventTime()).isEqualTo(Instant.parse("2026-11-20T16:00:00.125771Z"));
    UnitBook book = new UnitBook();
    book.accept(resent);
    assertThat(book.accept(first)).isInstanceOf(Acceptance.Duplicate.class);
    assertThat(book.units())
        .singleElement()
        .satisfies(unit -> assertThat(unit.pricing().eventTime()).isEqualTo(first.eventTime()));
  }

  @Test
  void aRecordDatedOnlyByItsObserverSaysSo() {
    assertThat(counted(LogFixture.codex().without("event.timestamp")).flags())
        .containsExactly(EvidenceFlag.TIME_OBSERVED_ONLY);
    assertThat(counted(LogFixture.codex().undated()).eventTime())
        .isEqualTo(Instant.parse("2026-11-20T16:00:00.125Z"));
  }

  @Test
  void aFutureTimeIsClampedAndTheKeyIsNot() {
    LogFixture future = LogFixture.claude("req_1").at("2026-11-20T18:30:00Z");
    Evidence early = counted(future, Reception.anonymous(Instant.parse("2026-11-20T17:00:00Z")));
    Evidence late = counted(future, Reception.anonymous(Instant.parse("2026-11-20T17:59:00Z")));

    assertThat(early.eventTime()).isEqualTo(Instant.parse("2026-11-20T17:00:00Z"));
    assertThat(early.flags()).containsExactly(EvidenceFlag.TIME_CLAMPED);
    assertThat(late.key()).isEqualTo(early.key());
    assertThat(late.content()).isEqualTo(early.content());
  }

  @ParameterizedTest
  @CsvSource({
    "-1, QUANTITY_NEGATIVE",
    "11.5, QUANTITY_NOT_WHOLE",
    "eleven, QUANTITY_NOT_A_NUMBER",
    "NaN, QUANTITY_NOT_A_NUMBER",
    "1e400, QUANTITY_OUT_OF_RANGE",
    "1e999999999, QUANTITY_OUT_OF_RANGE",
    "1e-999999999, QUANTITY_NOT_WHOLE",
    "9223372036854775808, QUANTITY_OUT_OF_RANGE",
    "1000000000000001, QUANTITY_OUT_OF_RANGE"
  })
  void aNumberThatIsNoCountRejectsTheRecordByName(String number, RejectReason reason) {
    assertThat(Captures.read(LogFixture.claude("req_1").with("output_tokens", number).export()))
        .satisfies(
            readings -> {
              assertThat(readings.counted()).isEmpty();
              assertThat(readings.rejected())
                  .singleElement()
                  .satisfies(
                      rejected -> {
                        assertThat(rejected.reason()).isEqualTo(reason);
                        assertThat(rejected.field()).isEqualTo("output_tokens");
                      });
            });
  }

  @Test
  void doublesAreExactOrRejected() {
    assertThat(rejection(LogFixture.claude("r").with("input_tokens", 0.1 + 0.2)))
        .isEqualTo(RejectReason.QUANTITY_NOT_WHOLE);
    assertThat(rejection(LogFixture.claude("r").with("input_tokens", Double.NaN)))
        .isEqualTo(RejectReason.QUANTITY_NOT_A_NUMBER);
    assertThat(rejection(LogFixture.claude("r").with("input_tokens", -0.5)))
        .isEqualTo(RejectReason.QUANTITY_NEGATIVE);
    assertThat(rejection(LogFixture.claude("r").with("input_tokens", 1e300)))
        .isEqualTo(RejectReason.QUANTITY_OUT_OF_RANGE);
    assertThat(
            counted(LogFixture.claude("r").with("input_tokens", 1e15))
                .quantities()
                .count(TokenMeter.INPUT))
        .isEqualTo(1_000_000_000_000_000L);
  }

  @Test
  void anEmptyOrMissingNumberIsUnknownAndNotZero() {
    Evidence evidence =
        counted(LogFixture.claude("req_1").with("output_tokens", " ").without("input_tokens"));
    assertThat(evidence.quantities().count(TokenMeter.OUTPUT)).isZero();
    assertThat(evidence.quantities().count(TokenMeter.INPUT)).isZero();
    assertThat(evidence.quantities().count(TokenMeter.CACHE_READ)).isEqualTo(21009);
    assertThat(evidence.flags()).contains(EvidenceFlag.PARTIAL);
  }

  @Test
  void usageWithoutAnyNumberOrDateIsRejectedByName() {
    assertThat(
            rejection(
                LogFixture.of("claude-code", "")
                    .body("claude_code.api_request")
                    .at("2026-11-20T16:00:00Z")))
        .isEqualTo(RejectReason.QUANTITIES_ABSENT);
    assertThat(rejection(LogFixture.claude("req_1").undated())).isEqualTo(RejectReason.TIME_ABSENT);
    assertThat(rejection(LogFixture.claude("req_1").at("2026-10-16T16:59:59Z")))
        .isEqualTo(RejectReason.TOO_OLD_TO_DEDUPLICATE);
    assertThat(counted(LogFixture.claude("req_1").at("2026-10-16T17:00:00Z"))).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({"firstParty, anthropic", "bedrock, bedrock", "vertex, vertex_ai", "'', anthropic"})
  void claudesProviderIsWhereItSaysItIs(String stated, String provider) {
    Evidence evidence = counted(LogFixture.claude("req_1").with("anthropic.provider", stated));
    assertThat(evidence.provider()).isEqualTo(provider);
    assertThat(evidence.aliases()).containsExactly(new Alias(provider, "req_1"));
  }

  @Test
  void geminiIsServedByVertexWhereItLogsInThere() {
    assertThat(counted(LogFixture.gemini()).provider()).isEqualTo("gemini");
    assertThat(counted(LogFixture.gemini().with("auth_type", "vertex-ai")).provider())
        .isEqualTo("vertex_ai");
    assertThat(counted(LogFixture.codex()).provider()).isEqualTo("openai");
  }

  @Test
  void claimsComeInOrderAndTheCredentialFirst() {
    LogFixture log =
        LogFixture.claude("req_1")
            .resource("enduser.id", "end-user")
            .with("user.id", "random")
            .with("user.account_id", "user_1")
            .with("user.account_uuid", "uuid")
            .with("user.email", "a@example.test");
    Reception reception =
        new Reception(
            Captures.RECEIVED_AT,
            Optional.of("credential-7"),
            Optional.empty(),
            Captures.RECEPTION.window(),
            Captures.RECEPTION.gateways());

    assertThat(counted(log, reception).claims())
        .extracting(IdentityClaim::kind)
        .containsExactly(
            Kind.CREDENTIAL,
            Kind.EMAIL,
            Kind.ACCOUNT_UUID,
            Kind.ACCOUNT_ID,
            Kind.END_USER_ID,
            Kind.INSTALLATION_ID);
    assertThat(counted(log, reception).key()).isEqualTo(counted(log).key());
    assertThat(counted(log, reception).content()).isEqualTo(counted(log).content());
  }

  @Test
  void aUserIdTheOrganisationSetIsNoInstallation() {
    LogFixture copied =
        LogFixture.claude("req_1").resource("user.id", "mia").with("user.id", "mia");
    assertThat(counted(copied).claims()).containsExactly(new IdentityClaim(Kind.USER_ID, "mia"));
  }

  @Test
  void theSameKeyWithOtherContentIsAConflictAndCountsOnce() {
    Evidence first = counted(LogFixture.claude("req_1"));
    Evidence other = counted(LogFixture.claude("req_1").with("output_tokens", 999));
    for (List<Evidence> order : List.of(List.of(first, other), List.of(other, first))) {
      UnitBook book = new UnitBook();
      book.accept(order.getFirst());
      assertThat(book.accept(order.getLast())).isInstanceOf(Acceptance.Conflict.class);
      assertThat(book.units())
          .singleElement()
          .satisfies(unit -> assertThat(unit.conflict()).isTrue());
    }
  }

  private static Evidence counted(LogFixture log) {
    return counted(log, Captures.RECEPTION);
  }

  private static Evidence counted(LogFixture log, Reception reception) {
    Readings readings = Captures.read(log.export(), reception);
    assertThat(readings.counted()).as(readings.toString()).hasSize(1);
    return readings.counted().getFirst();
  }

  private static RejectReason rejection(LogFixture log) {
    Readings readings = Captures.read(log.export());
    assertThat(readings.rejected()).as(readings.toString()).hasSize(1);
    return readings.rejected().getFirst().reason();
  }
}
