package dev.fourthpillar.backbone.outcome;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.fourthpillar.backbone.failure.Failure;

/** Failures as JSON, readable in the database by whoever asks why a request was refused. */
final class RefusalCodec {
  private static final ObjectMapper JSON =
      JsonMapper.builder().addModule(new Jdk8Module()).addModule(new JavaTimeModule()).build();

  private RefusalCodec() {}

  static String encode(Failure failure) {
    try {
      return JSON.writeValueAsString(failure);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a failure is plain data", e);
    }
  }

  static Failure decode(String json) {
    try {
      return JSON.readValue(json, Failure.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a frozen refusal cannot be read", e);
    }
  }
}
