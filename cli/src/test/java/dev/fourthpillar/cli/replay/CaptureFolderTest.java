package dev.fourthpillar.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import dev.fourthpillar.usage.otlp.OtlpEncoding;
import dev.fourthpillar.usage.otlp.OtlpSignal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files of a folder are sent. */
final class CaptureFolderTest {
  @TempDir private Path folder;

  @Test
  void whatWasReceivedIsReadInTheOrderInWhichItArrived() throws IOException {
    write("0002-metrics-http.bin");
    write("0001-logs-grpc.bin");
    write("0001-logs-grpc.json");
    write("0003-traces-httpjson.json");
    write("expected.json");
    write("index.jsonl");

    assertThat(CaptureFolder.read(folder))
        .extracting(Capture::name, Capture::signal, Capture::encoding)
        .containsExactly(
            tuple("0001-logs-grpc.bin", OtlpSignal.LOGS, OtlpEncoding.PROTOBUF),
            tuple("0002-metrics-http.bin", OtlpSignal.METRICS, OtlpEncoding.PROTOBUF),
            tuple("0003-traces-httpjson.json", OtlpSignal.TRACES, OtlpEncoding.JSON));
  }

  @Test
  void aFolderWithoutCapturesIsRefusedWithWhatWasExpected() throws IOException {
    write("notes.txt");

    assertThatThrownBy(() -> CaptureFolder.read(folder))
        .isInstanceOf(ReplayException.class)
        .hasMessageContaining("expected: files such as 0001-logs-grpc.bin");
    assertThatThrownBy(() -> CaptureFolder.read(folder.resolve("none")))
        .isInstanceOf(ReplayException.class);
  }

  @Test
  void aFileThatIsNoExportIsNamed() throws IOException {
    Files.writeString(folder.resolve("0001-logs-httpjson.json"), "{\"resourceLogs\": 7}");

    Capture capture = CaptureFolder.read(folder).getFirst();
    assertThatThrownBy(capture::decode)
        .isInstanceOf(ReplayException.class)
        .hasMessageContaining("0001-logs-httpjson.json: JSON_MALFORMED");
  }

  private void write(String name) throws IOException {
    Files.writeString(folder.resolve(name), "");
  }
}
