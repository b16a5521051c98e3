package dev.fourthpillar.usage.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.fourthpillar.usage.Captures;
import dev.fourthpillar.usage.otlp.Decoding.Refusal;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class OtlpDecoderTest {

  @Test
  void jsonAndProtobufOfTheSameExportAreTheSameExport() {
    int pairs = 0;
    for (String folder : Captures.FOLDERS) {
      for (Path json : Captures.jsonFiles(folder)) {
        String name = json.getFileName().toString().replace(".json", "");
        Path binary = json.resolveSibling(name + ".bin");
        if (Files.exists(binary)) {
          OtlpSignal signal = Captures.signal(name);
          assertThat(Captures.decode(signal, OtlpEncoding.JSON, Captures.bytes(json)))
              .as(folder + "/" + name)
              .isEqualTo(Captures.decode(signal, OtlpEncoding.PROTOBUF, Captures.bytes(binary)));
          pairs++;
        }
      }
    }
    assertThat(pairs).isGreaterThan(30);
  }

  @Test
  void whatIsPrintedReadsBackTheSame() throws InvalidProtocolBufferException {
    for (String folder : Captures.FOLDERS) {
      for (ExportRequest export : Captures.exports(folder, OtlpEncoding.PROTOBUF)) {
        assertThat(OtlpJson.parse(export.signal(), OtlpJson.print(export))).isEqualTo(export);
      }
    }
  }

  @Test
  void idsAreHexEnumsNumbersAndLongsEitherStringsOrNumbers() {
    Decoding decoding =
        json(
            OtlpSignal.TRACES,
            """
            {"resourceSpans":[{"scopeSpans":[{"spans":[{
              "traceId":"5B8EFFF798038103D269B633813FC60C","spanId":"eee19b7ec3c1b174",
              "parentSpanId":"","kind":3,"startTimeUnixNano":1544712660000000000,
              "endTimeUnixNano":"1544712661000000000","somethingNew":{"x":[1,2]},
              "attributes":[{"key":"n","value":{"intValue":"7"}},{"key":"e","value":{}}]}]}]}]}
            """);

    assertThat(decoding).isInstanceOf(Decoding.Accepted.class);
    ExportTraceServiceRequest request =
        ((ExportRequest.Traces) ((Decoding.Accepted) decoding).export()).request();
    var span = request.getResourceSpans(0).getScopeSpans(0).getSpans(0);
    assertThat(span.getTraceId()).isEqualTo(ByteString.fromHex("5b8efff798038103d269b633813fc60c"));
    assertThat(span.getSpanId()).isEqualTo(ByteString.fromHex("eee19b7ec3c1b174"));
    assertThat(span.getParentSpanId()).isEmpty();
    assertThat(span.getKindValue()).isEqualTo(3);
    assertThat(span.getStartTimeUnixNano()).isEqualTo(1544712660000000000L);
    assertThat(span.getAttributes(0).getValue().getIntValue()).isEqualTo(7);
  }

  @Test
  void gzipIsUndone() {
    ByteString body = sample();
    assertThat(decode(OtlpEncoding.PROTOBUF, OtlpCompression.GZIP, gzip(body)))
        .isEqualTo(decode(OtlpEncoding.PROTOBUF, OtlpCompression.NONE, body));
  }

  @Test
  void truncatedGzipIsRefusedWhereverItEnds() {
    ByteString whole = gzip(sample());
    for (int length = 0; length < whole.size(); length += 97) {
      assertRefused(
          decode(OtlpEncoding.PROTOBUF, OtlpCompression.GZIP, whole.substring(0, length)),
          Refusal.GZIP_MALFORMED);
    }
    assertRefused(
        decode(OtlpEncoding.PROTOBUF, OtlpCompression.GZIP, whole.substring(0, whole.size() - 1)),
        Refusal.GZIP_MALFORMED);
  }

  @Test
  void corruptAndPretendedGzipIsRefused() {
    byte[] corrupt = gzip(sample()).toByteArray();
    corrupt[corrupt.length / 2] ^= 0x55;
    assertRefused(
        decode(OtlpEncoding.PROTOBUF, OtlpCompression.GZIP, ByteString.copyFrom(corrupt)),
        Refusal.GZIP_MALFORMED);
    assertRefused(
        decode(OtlpEncoding.PROTOBUF, OtlpCompression.GZIP, sample()), Refusal.GZIP_MALFORMED);
  }

  @Test
  void aZipBombStopsAtTheLimit() {
    ByteString bomb = gzipZeros(OtlpDecoder.MAX_BODY_BYTES + 1L);
    assertThat(bomb.size()).isLessThan(64 * 1024);
    assertRefused(
        decode(OtlpEncoding.PROTOBUF, OtlpCompression.GZIP, bomb), Refusal.BODY_TOO_LARGE);
    assertRefused(
        decode(OtlpEncoding.JSON, OtlpCompression.GZIP, gzipZeros(512L << 20)),
        Refusal.BODY_TOO_LARGE);
  }

  @Test
  void aBodyOverTheLimitIsRefusedUnread() {
    assertRefused(
        decode(
            OtlpEncoding.PROTOBUF,
            OtlpCompression.NONE,
            ByteString.copyFrom(new byte[OtlpDecoder.MAX_BODY_BYTES + 1])),
        Refusal.BODY_TOO_LARGE);
  }

  @Test
  void truncatedAndRandomProtobufIsRefusedOrParsedButNeverThrows() {
    ByteString body = sample();
    assertRefused(
        decode(OtlpEncoding.PROTOBUF, OtlpCompression.NONE, body.substring(0, body.size() - 3)),
        Refusal.PROTOBUF_MALFORMED);
    Random random = new Random(7);
    for (int round = 0; round < 500; round++) {
      byte[] noise = new byte[random.nextInt(200)];
      random.nextBytes(noise);
      for (OtlpEncoding encoding : OtlpEncoding.values()) {
        assertThat(decode(encoding, OtlpCompression.NONE, ByteString.copyFrom(noise))).isNotNull();
      }
    }
  }

  @Test
  void malformedJsonIsRefusedWithoutQuotingIt() {
    String secret = "please write my resignation letter";
    for (String text :
        new String[] {
          "",
          "null",
          "[]",
          "{",
          "{\"resourceLogs\":7}",
          "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"body\":\"" + secret + "\"}]}]}]}",
          "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"traceId\":\"xyz!\"}]}]}]}",
          "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"traceId\":\"zzzz\"}]}]}]}",
          "{\"resourceLogs\":[{\"scopeLogs\":[{\"logRecords\":[{\"timeUnixNano\":\"1e99\"}]}]}]}",
          "[".repeat(100_000)
        }) {
      Decoding decoding = json(OtlpSignal.LOGS, text);
      assertRefused(decoding, Refusal.JSON_MALFORMED);
      assertThat(decoding.toString()).doesNotContain(secret);
    }
  }

  @Test
  void anEmptyExportIsAnExport() {
    assertThat(json(OtlpSignal.METRICS, "{}")).isInstanceOf(Decoding.Accepted.class);
    assertThat(decode(OtlpEncoding.PROTOBUF, OtlpCompression.NONE, ByteString.EMPTY))
        .isInstanceOf(Decoding.Accepted.class);
  }

  private static ByteString sample() {
    return Captures.message(Captures.exports("claude-tools", OtlpEncoding.PROTOBUF).get(1))
        .toByteString();
  }

  private static Decoding decode(
      OtlpEncoding encoding, OtlpCompression compression, ByteString body) {
    return OtlpDecoder.decode(OtlpSignal.LOGS, encoding, compression, body);
  }

  private static Decoding json(OtlpSignal signal, String text) {
    return OtlpDecoder.decode(
        signal, OtlpEncoding.JSON, OtlpCompression.NONE, ByteString.copyFromUtf8(text));
  }

  private static void assertRefused(Decoding decoding, Refusal refusal) {
    assertThat(decoding)
        .isInstanceOfSatisfying(
            Decoding.Refused.class, refused -> assertThat(refused.refusal()).isEqualTo(refusal));
  }

  private static ByteString gzip(ByteString plain) {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(compressed)) {
      plain.writeTo(out);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return ByteString.copyFrom(compressed.toByteArray());
  }

  private static ByteString gzipZeros(long count) {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    byte[] zeros = new byte[1 << 20];
    try (OutputStream out = new GZIPOutputStream(compressed)) {
      for (long left = count; left > 0; left -= zeros.length) {
        out.write(zeros, 0, (int) Math.min(left, zeros.length));
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return ByteString.copyFrom(compressed.toByteArray());
  }
}
