package dev.fourthpillar.backbone.edge.access;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.List;

/**
 * The string field of a request that names the engineer whose data it is.
 *
 * @param path as the rule writes it, for example {@code filter.engineer}
 * @param steps the fields of the path
 */
record OwnDataField(String path, List<FieldDescriptor> steps) {

  static OwnDataField resolve(String path, Descriptor request) {
    List<FieldDescriptor> steps = new ArrayList<>();
    Descriptor message = request;
    String[] names = path.split("\\.", -1);
    for (int i = 0; i < names.length; i++) {
      FieldDescriptor field = message.findFieldByName(names[i]);
      boolean last = i == names.length - 1;
      JavaType expected = last ? JavaType.STRING : JavaType.MESSAGE;
      if (field == null || field.isRepeated() || field.getJavaType() != expected) {
        throw new IllegalArgumentException(
            "own_data_field: '%s' (expected: the path of a string field of %s)"
                .formatted(path, request.getFullName()));
      }
      steps.add(field);
      message = last ? message : field.getMessageType();
    }
    return new OwnDataField(path, List.copyOf(steps));
  }

  String valueIn(Message request) {
    Object value = request;
    for (FieldDescriptor step : steps) {
      value = ((Message) value).getField(step);
    }
    return (String) value;
  }
}
