package dev.fourthpillar.backbone.edge.outcome;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import dev.fourthpillar.backbone.edge.auth.Callers;
import dev.fourthpillar.backbone.outcome.MutatingRequest;
import io.grpc.MethodDescriptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Request messages as the outcome mechanism sees them. */
public final class MutatingRequests {
  private static final String REQUEST_ID = "request_id";

  /** Where fields count that this build does not know, so that a newer client's are not lost. */
  private static final String UNKNOWN_FIELDS = "(unknown fields)";

  private MutatingRequests() {}

  /** The current caller's request, named by its field {@code request_id}. */
  public static MutatingRequest of(MethodDescriptor<?, ?> method, Message request) {
    FieldDescriptor id = request.getDescriptorForType().findFieldByName(REQUEST_ID);
    if (id == null || id.isRepeated() || id.getJavaType() != JavaType.STRING) {
      throw new IllegalArgumentException(
          request.getDescriptorForType().getFullName() + " has no string field request_id");
    }
    return new MutatingRequest(
        Callers.current().subject(),
        method.getFullMethodName(),
        (String) request.getField(id),
        content(request));
  }

  /**
   * The fields that are set, by path. Messages are entered; a repeated field or a map counts as
   * one, so that the number of paths is that of the contract and not of the data.
   */
  public static SortedMap<String, byte[]> content(Message request) {
    SortedMap<String, byte[]> content = new TreeMap<>();
    collect("", request, content);
    content.remove(REQUEST_ID);
    return content;
  }

  private static void collect(String prefix, Message message, SortedMap<String, byte[]> content) {
    for (Map.Entry<FieldDescriptor, Object> entry : message.getAllFields().entrySet()) {
      FieldDescriptor field = entry.getKey();
      String path = prefix + field.getName();
      if (!field.isRepeated() && field.getJavaType() == JavaType.MESSAGE) {
        // An empty message that is set differs from none.
        content.put(path, new byte[0]);
        collect(path + ".", (Message) entry.getValue(), content);
      } else {
        content.put(path, bytesOf(message, field));
      }
    }
    UnknownFieldSet unknown = message.getUnknownFields();
    if (!unknown.asMap().isEmpty()) {
      content.put(prefix + UNKNOWN_FIELDS, unknown.toByteArray());
    }
  }

  /** What the field says: two contents of it have the same bytes only if they are the same. */
  private static byte[] bytesOf(Message message, FieldDescriptor field) {
    if (field.isRepeated()) {
      return alone(message, field);
    }
    Object value = message.getField(field);
    return switch (field.getJavaType()) {
      case STRING -> ((String) value).getBytes(StandardCharsets.UTF_8);
      case BYTE_STRING -> ((ByteString) value).toByteArray();
      case ENUM -> ascii(((EnumValueDescriptor) value).getNumber());
      case INT, LONG, BOOLEAN, FLOAT, DOUBLE -> ascii(value);
      case MESSAGE -> alone(message, field);
    };
  }

  private static byte[] ascii(Object value) {
    return value.toString().getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * The field alone, as its message would carry it; deterministic, which maps are not by default.
   */
  private static byte[] alone(Message message, FieldDescriptor field) {
    Message alone = message.newBuilderForType().setField(field, message.getField(field)).build();
    ByteString.Output out = ByteString.newOutput();
    try {
      CodedOutputStream coded = CodedOutputStream.newInstance(out);
      coded.useDeterministicSerialization();
      alone.writeTo(coded);
      coded.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteString().toByteArray();
  }
}
