package dev.fourthpillar.usage.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** How one format is read, row by row. */
interface Rows {

  /** What one entry says; a row that cannot be read is a {@link RowException}. */
  List<ReportRow> read(JsonNode entry);

  /** The entries of one document; of a page of an API the results of its buckets. */
  default List<JsonNode> entries(JsonNode document) {
    List<JsonNode> entries = new ArrayList<>();
    if (document.isArray()) {
      document.forEach(one -> entries.addAll(entries(one)));
    } else {
      entries.add(document);
    }
    return entries;
  }

  /** Formats whose documents are pages: {@code data} of buckets or rows, buckets of results. */
  interface Paged extends Rows {
    @Override
    default List<JsonNode> entries(JsonNode document) {
      List<JsonNode> entries = new ArrayList<>();
      if (document.isArray()) {
        document.forEach(one -> entries.addAll(entries(one)));
      } else if (document.has("data")) {
        document.get("data").forEach(one -> entries.addAll(entries(one)));
      } else if (document.has("results")) {
        document
            .get("results")
            .forEach(
                result -> {
                  ObjectNode bucket = JsonNodeFactory.instance.objectNode();
                  document
                      .properties()
                      .forEach(
                          field -> {
                            if (!field.getKey().equals("results")) {
                              bucket.set(field.getKey(), field.getValue());
                            }
                          });
                  bucket.set("result", result);
                  entries.add(bucket);
                });
      } else {
        entries.add(document);
      }
      return entries;
    }
  }
}
