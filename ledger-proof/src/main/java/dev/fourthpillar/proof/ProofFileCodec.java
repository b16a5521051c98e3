package dev.fourthpillar.proof;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.fourthpillar.budget.v1.ProofPart;
import dev.fourthpillar.proof.ProofCheck.Proven;
import java.io.IOException;
import java.io.Reader;
import java.security.PublicKey;
import java.util.Optional;

/**
 * A proof as a file: the contract's JSON of one ProofPart on each line. It is read line by line,
 * and each has to be written exactly as this writes it, so that no byte of the file could be
 * another one and mean the same.
 */
public final class ProofFileCodec {
  /** Characters of a line; a part of 500 entries has a tenth of it. */
  static final int MAX_LINE_CHARS = 8 * 1024 * 1024;

  private ProofFileCodec() {}

  /** One line, with its end. */
  public static String line(ProofPart part) {
    try {
      return JsonFormat.printer().omittingInsignificantWhitespace().print(part) + "\n";
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a part holds nothing that JSON has not", e);
    }
  }

  /**
   * Checks a whole proof.
   *
   * @param trusted the key that its checkpoint has to be signed with
   * @throws ProofException at the first flaw
   */
  public static Proven check(Reader file, PublicKey trusted) throws IOException {
    ProofCheck check = new ProofCheck(trusted);
    Optional<Proven> proven = Optional.empty();
    int number = 0;
    String line = line(file, 1);
    while (!line.isEmpty()) {
      number++;
      if (proven.isPresent()) {
        throw new ProofException(Flaw.FORM, "line %d comes after the end", number);
      }
      proven = ProofMapper.check(check, part(line, number));
      line = line(file, number + 1);
    }
    return proven.orElseThrow(
        () -> new ProofException(Flaw.FORM, "it ends before what was signed"));
  }

  private static ProofPart part(String line, int number) {
    ProofPart.Builder part = ProofPart.newBuilder();
    try {
      JsonFormat.parser().merge(line, part);
    } catch (InvalidProtocolBufferException e) {
      throw new ProofException(
          Flaw.FORM, "line %d is no part of a proof: %s", number, e.getMessage());
    }
    ProofPart read = part.build();
    if (!line(read).equals(line)) {
      throw new ProofException(
          Flaw.FORM, "line %d is not written as a proof is: something was changed", number);
    }
    return read;
  }

  /** The next line with its end; empty when there is none. */
  private static String line(Reader file, int number) throws IOException {
    StringBuilder line = new StringBuilder();
    int read = file.read();
    while (read != -1) {
      line.append((char) read);
      if (read == '\n') {
        break;
      }
      if (line.length() > MAX_LINE_CHARS) {
        throw new ProofException(
            Flaw.FORM, "line %d: longer than %d characters", number, MAX_LINE_CHARS);
      }
      read = file.read();
    }
    return line.toString();
  }
}
