package dev.fourthpillar.budget.account;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.cfg.MutableConfigOverride;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.fourthpillar.backbone.money.Amount;
import dev.fourthpillar.budget.cap.CapKey;
import dev.fourthpillar.budget.cap.CapRate;
import dev.fourthpillar.budget.charge.Cost;
import dev.fourthpillar.budget.hold.Attempt;
import dev.fourthpillar.budget.hold.CapPart;
import dev.fourthpillar.budget.hold.Hold;
import dev.fourthpillar.budget.hold.HoldTerms;
import dev.fourthpillar.budget.hold.Quantity;
import dev.fourthpillar.budget.journal.LotPart;
import dev.fourthpillar.budget.lot.Slice;
import java.util.List;

/**
 * Records as JSON, readable in the database by whoever has to explain them. A hold is an array of
 * its components, in their order and without their names, of which there would be more than of what
 * they name: its row is written twice for each call. So a component that comes later comes last.
 */
final class Json {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .addModule(new JavaTimeModule())
          .withConfigOverride(Hold.class, Json::array)
          .withConfigOverride(HoldTerms.class, Json::array)
          .withConfigOverride(CapPart.class, Json::array)
          .withConfigOverride(CapKey.class, Json::array)
          .withConfigOverride(CapRate.class, Json::array)
          .withConfigOverride(Slice.class, Json::array)
          .withConfigOverride(Attempt.class, Json::array)
          .withConfigOverride(Quantity.class, Json::array)
          .withConfigOverride(Cost.class, Json::array)
          .withConfigOverride(Amount.class, Json::array)
          // Of a later version, which has components more.
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private static final ObjectWriter HOLDS_OUT = MAPPER.writerFor(Hold.class);
  private static final ObjectReader HOLDS_IN = MAPPER.readerFor(Hold.class);

  private Json() {}

  private static void array(MutableConfigOverride type) {
    type.setFormat(JsonFormat.Value.forShape(JsonFormat.Shape.ARRAY));
  }

  static String of(List<LotPart> parts) {
    try {
      return MAPPER.writeValueAsString(parts);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("records are plain data", e);
    }
  }

  static String of(Hold hold) {
    try {
      return HOLDS_OUT.writeValueAsString(hold);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("records are plain data", e);
    }
  }

  static Hold hold(String json) {
    try {
      return HOLDS_IN.readValue(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored hold cannot be read", e);
    }
  }

  static List<LotPart> lotParts(String json) {
    try {
      return MAPPER.readValue(json, new TypeReference<List<LotPart>>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored entry's lots cannot be read", e);
    }
  }
}
