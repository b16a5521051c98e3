package dev.fourthpillar.helm;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What a chart renders to, parsed strictly: a key that stands twice is an error. */
record Manifests(List<Manifest> all) {

  static Manifests parse(String text) {
    LoaderOptions strict = new LoaderOptions();
    strict.setAllowDuplicateKeys(false);
    List<Manifest> manifests = new ArrayList<>();
    for (Object document : new Yaml(new SafeConstructor(strict)).loadAll(text)) {
      if (document != null) {
        manifests.add(new Manifest(fields(document)));
      }
    }
    return new Manifests(manifests);
  }

  /** YAML has maps by strings only, where it is Kubernetes'. */
  @SuppressWarnings("unchecked")
  private static Map<String, Object> fields(Object tree) {
    return (Map<String, Object>) tree;
  }

  Stream<Manifest> of(String kind) {
    return all.stream().filter(manifest -> manifest.kind().equals(kind));
  }

  Manifest one(String kind, String name) {
    return of(kind).filter(manifest -> manifest.name().equals(name)).findFirst().orElseThrow();
  }

  Manifest only(String kind) {
    List<Manifest> found = of(kind).toList();
    if (found.size() != 1) {
      throw new AssertionError(kind + ": " + found.size() + " (expected: 1)");
    }
    return found.getFirst();
  }

  /** Whatever makes pods: the Deployment, the Job, the test pod. */
  List<PodTemplate> pods() {
    List<PodTemplate> pods = new ArrayList<>();
    for (Manifest manifest : all) {
      switch (manifest.kind()) {
        case "Deployment", "Job" ->
            pods.add(
                new PodTemplate(
                    manifest,
                    manifest.map("spec.template.metadata.labels"),
                    manifest.map("spec.template.spec")));
        case "Pod" ->
            pods.add(
                new PodTemplate(manifest, manifest.map("metadata.labels"), manifest.map("spec")));
        default -> {}
      }
    }
    return pods;
  }

  /** One object. */
  record Manifest(Map<String, Object> fields) {
    String kind() {
      return (String) fields.get("kind");
    }

    String name() {
      return (String) get("metadata.name");
    }

    Object get(String path) {
      return Charts.at(fields, path);
    }

    Map<String, Object> map(String path) {
      return Optional.ofNullable(get(path)).map(Manifests::fields).orElse(Map.of());
    }

    @SuppressWarnings("unchecked")
    List<Map<String, Object>> list(String path) {
      return Optional.ofNullable((List<Map<String, Object>>) get(path)).orElse(List.of());
    }

    @Override
    public String toString() {
      return kind() + " " + name();
    }
  }

  /** The pods of an object. */
  record PodTemplate(Manifest owner, Map<String, Object> labels, Map<String, Object> spec) {
    @SuppressWarnings("unchecked")
    List<Map<String, Object>> list(String key) {
      return Optional.ofNullable((List<Map<String, Object>>) spec.get(key)).orElse(List.of());
    }

    List<Map<String, Object>> containers() {
      return Stream.concat(list("initContainers").stream(), list("containers").stream()).toList();
    }
  }
}
