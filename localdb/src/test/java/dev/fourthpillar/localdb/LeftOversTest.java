package dev.fourthpillar.localdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LeftOversTest {

  private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));

  @Test
  void abandonedDirectoryIsRemoved() throws Exception {
    Path abandoned = withLockFile(LONG_AGO);

    LeftOvers.sweep();

    assertThat(abandoned).doesNotExist();
  }

  @Test
  void directoryThatMayJustBeStartingIsKept() throws Exception {
    Path starting = withLockFile(FileTime.from(Instant.now()));
    try {
      LeftOvers.sweep();

      assertThat(starting).exists();
    } finally {
      Trees.delete(starting);
    }
  }

  @Test
  void directoryInUseIsKept() throws Exception {
    Path used = withLockFile(LONG_AGO);
    try (Home owner = Home.openLeftOver(used)) {
      Files.setLastModifiedTime(used.resolve(Home.LOCK_FILE), LONG_AGO);

      LeftOvers.sweep();

      assertThat(owner.data().getParent()).exists();
    }
  }

  private static Path withLockFile(FileTime time) throws Exception {
    Path root = Files.createTempDirectory(LeftOvers.PREFIX);
    Files.setLastModifiedTime(Files.createFile(root.resolve(Home.LOCK_FILE)), time);
    return root;
  }
}
