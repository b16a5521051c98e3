package dev.fourthpillar.cli.pay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fourthpillar.comp.v1.Engineer;
import dev.fourthpillar.type.v1.IdentityKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** People as an HR system exports them. */
final class PeopleFileTest {
  @TempDir private Path folder;

  @Test
  void columnsInAnyOrderAndQuotedText() throws IOException {
    List<PeopleFile.Row> rows =
        read(
            """
            engineer,display_name,email,country,time_zone,currency_code,fte,start_date
            ada,"Lovelace, Ada",ada@example.com,GB,Europe/London,GBP,0.8,2026-01-31

            grace,,,US,America/New_York,USD,,2026-02-01
            """);

    assertThat(rows).extracting(PeopleFile.Row::number).containsExactly(1L, 2L);
    Engineer ada = rows.getFirst().engineer();
    assertThat(ada.getDisplayName()).isEqualTo("Lovelace, Ada");
    assertThat(ada.getFte().getValue()).isEqualTo("0.8");
    assertThat(ada.getStartDate().getDay()).isEqualTo(31);
    assertThat(ada.getIdentities(0).getKind()).isEqualTo(IdentityKind.IDENTITY_KIND_EMAIL);
    Engineer grace = rows.getLast().engineer();
    assertThat(grace.hasFte()).isFalse();
    assertThat(grace.getIdentitiesList()).isEmpty();
  }

  @Test
  void whatIsWrongIsNamedAndNothingIsTaken() {
    refused("engineer,country\n", "no column time_zone (expected: engineer, country,");
    refused(
        "engineer,country,time_zone,currency_code,start_date,salary\n",
        "column 'salary' (expected: one of engineer,");
    String heads = "engineer,country,time_zone,currency_code,start_date\n";
    refused(
        heads + "ada,GB,Europe/London,GBP,31.1.2026\n",
        "row 1: start_date: 31.1.2026 (expected: a day");
    refused(heads + "ada,GB,Europe/London\n", "row 1 has not one value for each column");
  }

  private void refused(String csv, String message) {
    assertThatThrownBy(() -> read(csv))
        .isInstanceOf(FileException.class)
        .hasMessageContaining(message);
  }

  private List<PeopleFile.Row> read(String csv) throws IOException {
    return PeopleFile.read(Files.writeString(folder.resolve("people.csv"), csv));
  }
}
