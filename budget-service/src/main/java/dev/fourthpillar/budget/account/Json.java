package dev.fourthpillar.budget.account;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.fourthpillar.budget.hold.Hold;
import dev.fourthpillar.budget.journal.LotPart;
import java.util.List;

/** Records as JSON, readable in the database by whoever has to explain them. */
final class Json {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder().addModule(new Jdk8Module()).addModule(new JavaTimeModule()).build();

  private Json() {}

  static String of(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("records are plain data", e);
    }
  }

  static Hold hold(String json) {
    try {
      return MAPPER.readValue(json, Hold.class);
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
