package dev.fourthpillar.usage.otlp;

import com.google.protobuf.ByteString;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/**
 * Undoes gzip up to a bound: a kilobyte may expand a thousandfold, and memory must not follow it.
 */
final class BoundedGunzip {

  private static final int CHUNK_BYTES = 64 * 1024;

  sealed interface Result {}

  record Inflated(ByteString plain) implements Result {}

  record TooLarge() implements Result {}

  record Broken(String detail) implements Result {}

  private BoundedGunzip() {}

  static Result inflate(ByteString compressed, int maxBytes) {
    ByteString.Output plain = ByteString.newOutput(CHUNK_BYTES);
    byte[] chunk = new byte[CHUNK_BYTES];
    try (InputStream in = new GZIPInputStream(compressed.newInput(), CHUNK_BYTES)) {
      for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
        if (plain.size() + (long) read > maxBytes) {
          return new TooLarge();
        }
        plain.write(chunk, 0, read);
      }
    } catch (EOFException truncated) {
      return new Broken("gzip: ends early (expected: a whole gzip stream)");
    } catch (IOException malformed) {
      return new Broken("gzip: malformed (expected: a gzip stream as in RFC 1952)");
    }
    return new Inflated(plain.toByteString());
  }
}
