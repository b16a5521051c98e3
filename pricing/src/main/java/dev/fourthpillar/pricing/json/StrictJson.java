package dev.fourthpillar.pricing.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * JSON of price files: decimals exact, duplicate names and trailing content refused, size bounded.
 */
public final class StrictJson {

  /** Largest price file; the public LiteLLM file has 1.4 MB. */
  public static final int MAX_BYTES = 32 * 1024 * 1024;

  /** Longest number and largest exponent that are looked at; more would only burn time. */
  private static final int MAX_DIGITS = 64;

  // NaN is let through the parser so that the reader can name the field it stands in.
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private StrictJson() {}

  /** A file that is not the JSON object it should be. The message says where and why. */
  public static final class MalformedException extends Exception {

    MalformedException(String message) {
      super(message);
    }
  }

  /**
   * @throws MalformedException if the stream is too long, not JSON, or not one object
   * @throws IOException if the stream fails
   */
  public static ObjectNode readObject(InputStream in) throws IOException, MalformedException {
    byte[] bytes = in.readNBytes(MAX_BYTES + 1);
    if (bytes.length > MAX_BYTES) {
      throw new MalformedException("file: more than " + MAX_BYTES + " bytes");
    }
    JsonNode root;
    try {
      root = MAPPER.readTree(bytes);
    } catch (JsonProcessingException e) {
      String where =
          e.getLocation() == null
              ? ""
              : "line "
                  + e.getLocation().getLineNr()
                  + ", column "
                  + e.getLocation().getColumnNr()
                  + ": ";
      throw new MalformedException("malformed JSON: " + where + e.getOriginalMessage());
    }
    if (root instanceof ObjectNode object) {
      return object;
    }
    throw new MalformedException("file: not a JSON object");
  }

  /** The exact decimal of a number node; empty if it is no number, not finite or absurdly long. */
  public static Optional<BigDecimal> decimal(JsonNode node) {
    if (!node.isBigDecimal() && !node.isIntegralNumber()) {
      return Optional.empty();
    }
    return Optional.of(node.decimalValue()).filter(StrictJson::reasonable);
  }

  /** The exact decimal in a text; empty if it is none or absurdly long. */
  public static Optional<BigDecimal> decimal(String text) {
    if (text.length() > MAX_DIGITS) {
      return Optional.empty();
    }
    try {
      return Optional.of(new BigDecimal(text)).filter(StrictJson::reasonable);
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static boolean reasonable(BigDecimal value) {
    return value.precision() <= MAX_DIGITS && Math.abs((long) value.scale()) <= MAX_DIGITS;
  }

  /** A new, empty object for writing. */
  public static ObjectNode newObject() {
    return MAPPER.createObjectNode();
  }

  /** Pretty-printed text of a tree. */
  public static String write(ObjectNode object) {
    try {
      return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(object) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of our own making cannot be written", e);
    }
  }
}
