package dev.fourthpillar.helm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.helm.Charts.Rendering;
import dev.fourthpillar.helm.Manifests.PodTemplate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * helm/try-on-a-cluster, with a helm and a kubectl that only write down what they are asked for.
 */
class TrialTest {
  private static final Pattern SECRET = Pattern.compile("create secret generic ([a-z-]+)");
  private static final Pattern SET = Pattern.compile("--set (\\S+?)=(\\S+)");

  @TempDir private Path folder;

  private record Ended(int status, String output, List<String> asked) {}

  @Test
  void withoutAClusterItSaysThatNothingWasRun() throws Exception {
    Ended ended = run(Map.of(), "registry.example.com");
    assertThat(ended.status()).isEqualTo(2);
    assertThat(ended.output()).startsWith("NOT RUN: KUBECONFIG is not set");
    assertThat(ended.asked()).isEmpty();
  }

  @Test
  void itInstallsUpgradesAndCleansUp() throws Exception {
    Ended ended = run(Map.of("KUBECONFIG", "/some/cluster"), "registry.example.com");
    assertThat(ended.status()).as(ended.output()).isZero();
    assertThat(ended.asked().stream().filter(line -> line.matches("helm (install|upgrade) .*")))
        .extracting(line -> line.split(" ", -1)[1])
        .containsExactly("install", "upgrade");
    assertThat(ended.asked().getFirst()).startsWith("kubectl create namespace ");
    assertThat(ended.asked().getLast()).startsWith("kubectl delete namespace ");

    // What it installs finds the Secrets that it made.
    String upgrade =
        ended.asked().stream().filter(l -> l.startsWith("helm upgrade")).findFirst().orElseThrow();
    Map<String, Object> set = new HashMap<>();
    SET.matcher(upgrade).results().forEach(found -> set.put(found.group(1), found.group(2)));
    Manifests manifests = Rendering.of(Charts.UMBRELLA, "minimal").with(set).manifests();
    Set<String> made =
        ended.asked().stream()
            .flatMap(line -> SECRET.matcher(line).results())
            .map((MatchResult found) -> found.group(1))
            .collect(Collectors.toSet());
    assertThat(secrets(manifests)).hasSize(7).isSubsetOf(made);
    assertThat(manifests.pods())
        .allSatisfy(
            pod ->
                assertThat(pod.containers().getFirst().get("image").toString())
                    .matches("registry\\.example\\.com/fourth-pillar/[a-z]+-service:0\\.1\\.0"));
  }

  @Test
  void whatFailsIsCleanedUpAndSaid() throws Exception {
    Ended ended =
        run(Map.of("KUBECONFIG", "/some/cluster", "FAILS", "helm upgrade"), "registry.example.com");
    assertThat(ended.status()).isEqualTo(9);
    assertThat(ended.output()).doesNotContain("installed and upgraded");
    assertThat(ended.asked().getLast()).startsWith("kubectl delete namespace ");
  }

  private static Set<String> secrets(Manifests manifests) {
    Set<String> names = new TreeSet<>();
    for (PodTemplate pod : manifests.pods()) {
      for (Map<String, Object> volume : pod.list("volumes")) {
        if (Charts.at(volume, "secret.secretName") instanceof String name) {
          names.add(name);
        }
      }
      for (Map<String, Object> container : pod.containers()) {
        for (Object variable : (List<?>) container.get("env")) {
          if (Charts.at(variable, "valueFrom.secretKeyRef.name") instanceof String name) {
            names.add(name);
          }
        }
      }
    }
    return names;
  }

  private Ended run(Map<String, String> environment, String... arguments) throws Exception {
    Path asked = Files.createFile(folder.resolve("asked"));
    for (String program : List.of("helm", "kubectl")) {
      Path stub = folder.resolve(program);
      Files.writeString(
          stub,
          """
          #!/bin/sh
          echo "%1$s $*" >>"%2$s"
          case "%1$s $*" in "${FAILS:-none}"*) exit 9 ;; esac
          """
              .formatted(program, asked));
      Files.setPosixFilePermissions(stub, PosixFilePermissions.fromString("rwx------"));
    }
    List<String> command = new ArrayList<>();
    command.add(Charts.SOURCES.resolve("try-on-a-cluster").toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().remove("KUBECONFIG");
    builder.environment().merge("PATH", folder + ":", (path, ours) -> ours + path);
    builder.environment().putAll(environment);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Ended(process.waitFor(), output, Files.readAllLines(asked));
  }
}
