package dev.fourthpillar.comp.html;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A piece of a page. Text is text: it is escaped when it is written, wherever it comes from, and
 * there is no way around that.
 */
sealed interface Node {

  /** Words, numbers, whatever somebody typed in. */
  record Text(String text) implements Node {}

  /**
   * An element. Names are our own; values of attributes are escaped like text.
   *
   * @param attributes in the order in which they are written
   */
  record Element(String name, Map<String, String> attributes, List<Node> children) implements Node {
    public Element {
      attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
      children = List.copyOf(children);
    }

    /** The same element with one more attribute. */
    Element with(String attribute, Object value) {
      var more = new LinkedHashMap<>(attributes);
      more.put(attribute, String.valueOf(value));
      return new Element(name, more, children);
    }

    /** The same element with more inside. */
    Element add(Node... more) {
      return add(List.of(more));
    }

    /** The same element with more inside. */
    Element add(List<? extends Node> more) {
      var all = new ArrayList<Node>(children);
      all.addAll(more);
      return new Element(name, attributes, all);
    }
  }

  static Text text(Object value) {
    return new Text(String.valueOf(value));
  }

  static Element el(String name, Node... children) {
    return new Element(name, Map.of(), List.of(children));
  }

  static Element el(String name, String text) {
    return el(name, text(text));
  }
}
