package dev.fourthpillar.comp.html;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fourthpillar.comp.employer.EmployerCost;
import dev.fourthpillar.comp.employer.EmployerTerms;
import dev.fourthpillar.comp.explain.Snapshots;
import dev.fourthpillar.comp.fx.FxQuote;
import dev.fourthpillar.comp.fx.FxTable;
import dev.fourthpillar.comp.lens.Lens;
import dev.fourthpillar.comp.money.Money;
import dev.fourthpillar.comp.money.Percent;
import dev.fourthpillar.comp.pack.Base;
import dev.fourthpillar.comp.pack.CompensationPackage;
import dev.fourthpillar.comp.pack.EquityGrant;
import dev.fourthpillar.comp.pack.GrantSize;
import dev.fourthpillar.comp.pack.SharePrice;
import dev.fourthpillar.comp.pdf.PdfWriter;
import dev.fourthpillar.comp.proration.AnnualAmount;
import dev.fourthpillar.comp.proration.Proration;
import dev.fourthpillar.comp.statement.EmployerCostCalculator;
import dev.fourthpillar.comp.statement.Headline;
import dev.fourthpillar.comp.statement.LeaverCalculator;
import dev.fourthpillar.comp.statement.LeaverInput;
import dev.fourthpillar.comp.statement.StatementCalculator;
import dev.fourthpillar.comp.statement.StatementInput;
import dev.fourthpillar.comp.statement.VestCalendar;
import dev.fourthpillar.comp.token.Entitlement;
import dev.fourthpillar.comp.token.MeteredTokens;
import dev.fourthpillar.comp.token.TokenBudget;
import dev.fourthpillar.comp.token.TokenUse;
import dev.fourthpillar.comp.vest.Allocation;
import dev.fourthpillar.comp.vest.VestSchedule;
import java.io.StringReader;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** The page, as a strict parser reads it. */
final class StatementPageTest {

  private static final LocalDate START = LocalDate.of(2026, 1, 1);
  private static final LocalDate AS_OF = LocalDate.of(2026, 6, 30);
  private static final String MARKUP = "<script>alert('x')</script>&\"]]>\u0000";

  @Test
  void eachLensStandsThereWithItsFigure() throws Exception {
    var page = parse(stockholm("O'Hara & <Söner>").render());

    var lensRows = rows(page, "One budget, five readings; none of them is cash");
    assertThat(lensRows.stream().map(List::getFirst))
        .containsExactly(
            Lens.FACE.name(),
            Lens.CONSUMED.name(),
            Lens.EMPLOYER_COST.name(),
            Lens.REALIZABLE.name(),
            Lens.PORTABLE.name());
    // Base 720,000 SEK; budget USD 75,000 at 10.50; used 600,000 + 150,000 overage; paid 525,000.
    assertThat(lensRows.stream().map(List::getLast))
        .containsExactly(
            "787,500.00 SEK (75,000.00 USD)",
            "750,000.00 SEK",
            "525,000.00 SEK",
            "0.00 SEK",
            "0.00 SEK");
    var use = rows(page, "Consumed and granted");
    assertThat(use)
        .contains(
            List.of("Consumed from the own budget", "600,000.00 SEK"),
            List.of("Overage: own calls beyond the budget", "150,000.00 SEK"),
            List.of("UNSPENT", "187,500.00 SEK"),
            List.of(
                "Employer-funded: pools, projects, others (shown, never added)", "40,000.00 SEK"));
    assertThat(text(page))
        .contains("COMPUTE_EXCEEDS_SALARY")
        .contains("Exchange rate usd-sek-1")
        .contains("charges up to position 42")
        .contains("Package effective from 2026-01-01")
        .contains(
            "Consumption of the contract year from 2026-01-01, up to and including 2026-06-30")
        .contains("Nothing on this page is legal or tax advice");
  }

  @Test
  void theHeadlineIsNeverWithoutItsLabel() throws Exception {
    var page = text(parse(stockholm("ada").render()));
    var named = page.split("HEADLINE_TC", -1);

    assertThat(named.length).isGreaterThan(2);
    for (int i = 1; i < named.length; i++) {
      assertThat(named[i]).startsWith(" (" + Headline.LABEL + ")");
    }
  }

  @Test
  void whateverSomebodyTypedInIsText() throws Exception {
    var html = stockholm(MARKUP).render();
    var page = parse(html);

    assertThat(page.getElementsByTagName("script").getLength()).isZero();
    assertThat(html).doesNotContain("<script").doesNotContain("\u0000");
    assertThat(page.getElementsByTagName("h1").item(0).getTextContent())
        .isEqualTo("Compensation statement: <script>alert('x')</script>&\"]]>\uFFFD");
    // The publisher of the rate, the label of the share price and the note.
    assertThat(text(page).split("<script>", -1)).hasSizeGreaterThan(4);
  }

  @Test
  void thePageNeedsNothingButItself() throws Exception {
    var html = stockholm("ada").render();
    var page = parse(html);

    for (var name : List.of("script", "img", "link", "iframe", "object", "a", "image", "use")) {
      assertThat(page.getElementsByTagName(name).getLength()).as(name).isZero();
    }
    assertThat(html.replaceAll("xmlns=\"[^\"]*\"", ""))
        .doesNotContain("http:")
        .doesNotContain("https:")
        .doesNotContain("//");
    assertThat(html).contains("default-src &#39;none&#39;");
  }

  @Test
  void theBarsAreAsLongAsTheirAmountsAndSayThem() throws Exception {
    var page = parse(stockholm("ada").render());
    var years = table(page, "Each offer year; tokens are beside pay and no part of it");

    // The longest bar is the budget: 720,000 of 787,500 are 91.428… %, 21,000 are 2.666… %.
    assertThat(widths(years).subList(0, 6))
        .containsExactly(
            "bar bar-cash width:91.4%",
            "bar bar-equity width:0.0%",
            "bar bar-tokens width:100.0%",
            "bar bar-cash width:91.4%",
            "bar bar-equity width:2.6%",
            "bar bar-tokens width:100.0%");
    assertThat(years.getTextContent())
        .contains("Cash 720,000.00 SEK, Equity 21,000.00 SEK; Tokens at FACE 787,500.00 SEK");
    // A cliff after two years: 1,000 shares at 21 SEK, all in year 2.
    assertThat(rows(page, "Each offer year").get(1).subList(0, 3))
        .containsExactly("Equity", "0.00 SEK", "21,000.00 SEK");
    assertThat(widths(table(page, "The five lenses side by side")))
        .containsExactly(
            "bar bar-tokens width:100.0%",
            // 750,000 and 525,000 of 787,500.
            "bar bar-tokens width:95.2%",
            "bar bar-tokens width:66.6%",
            "bar bar-tokens width:0.0%",
            "bar bar-tokens width:0.0%");
  }

  @Test
  void whatVestsWhenAndWhatIsKeptOnLeavingStandThere() throws Exception {
    var page = parse(stockholm("ada").render());

    assertThat(rows(page, "Vesting grants, at the prices of their terms, without growth"))
        .containsExactly(List.of("2028 Q1", "to vest 21,000.00 SEK"));
    assertThat(rows(page, "Grants on the day of the statement"))
        .containsExactly(List.of("grant-1", "0", "1000", "1000 on 2028-01-01", "2028-01-01"));
    assertThat(rows(page, "Kept, forfeited and owed, had this been the last day"))
        .containsExactly(
            // 181 of the 365 days of 2026.
            List.of("Base earned in the calendar year", "Kept 357,041.10 SEK"),
            List.of("Grant grant-1", "Forfeited 21,000.00 SEK"),
            List.of("Tokens left: PORTABLE is kept", "Forfeited 187,500.00 SEK"));
    assertThat(text(page)).contains("Prompts, agents and their memory");
  }

  @Test
  void whatItCostsTheEmployerIsForWhoMaySeeIt() throws Exception {
    assertThat(text(parse(stockholm("ada").render()))).doesNotContain("costs the employer");

    var input = stockholmInput();
    var statement = StatementCalculator.calculate(input);
    var cost =
        EmployerCostCalculator.calculate(
            input, statement, new EmployerTerms.Loaded(new BigDecimal("1.25"), false));
    var page = parse(page("ada", input, Optional.of(cost)).render());

    assertThat(rows(page, "An average year, by recorded charges"))
        .containsExactly(
            List.of("Cash: base, target bonus, sign-ons", "720,000.00 SEK"),
            List.of("Load", "180,000.00 SEK"),
            List.of("Tokens at EMPLOYER_COST", "525,000.00 SEK"),
            List.of("Total", "1,425,000.00 SEK"));
  }

  @Test
  void thePdfIsTheSameForPaperAndCanBeReadAloud() throws Exception {
    var pdf = PdfWriter.write(stockholm("Łukasz Ødegård Ελένη").renderForPaper());

    try (var document = PDDocument.load(pdf)) {
      var words = new PDFTextStripper().getText(document);
      assertThat(words)
          .contains("Compensation statement: Łukasz Ødegård Ελένη")
          .contains("750,000.00 SEK")
          .contains("COMPUTE_EXCEEDS_SALARY")
          .contains("Nothing on this page is legal or tax advice");
      assertThat(document.getDocumentCatalog().getLanguage()).isEqualTo("en");
      assertThat(document.getDocumentCatalog().getMarkInfo().isMarked()).isTrue();
      assertThat(document.getDocumentInformation().getTitle())
          .isEqualTo("Compensation statement: Łukasz Ødegård Ελένη");
      assertThat(document.getNumberOfPages()).isBetween(2, 6);
    }
  }

  @Test
  void tablesAndBarsCanBeReadAloud() throws Exception {
    var page = parse(stockholm("ada").render());

    assertThat(page.getDocumentElement().getAttribute("lang")).isEqualTo("en");
    for (var table : elements(page.getElementsByTagName("table"))) {
      assertThat(table.getElementsByTagName("caption").getLength()).isEqualTo(1);
      assertThat(elements(table.getElementsByTagName("th")))
          .allSatisfy(th -> assertThat(th.getAttribute("scope")).isIn("col", "row"));
    }
    // The words beside a bar say what it shows; what is moved sideways can be reached by keys.
    for (var div : elements(page.getElementsByTagName("div"))) {
      switch (div.getAttribute("class")) {
        case "track" -> assertThat(div.getAttribute("aria-hidden")).isEqualTo("true");
        case "scroll" -> assertThat(div.getAttribute("tabindex")).isEqualTo("0");
        default -> assertThat(div.getAttribute("class")).isNotBlank();
      }
    }
  }

  @Test
  void absentFiguresSayWhy() throws Exception {
    var pack =
        new CompensationPackage(
            START,
            4,
            Base.yearly(Money.of("100000", "USD")),
            Optional.empty(),
            List.of(),
            List.of(),
            List.of(),
            Optional.of(TokenBudget.tool(new Entitlement.Uncapped())));
    var input =
        StatementInput.of(
            pack, AS_OF, Currency.getInstance("USD"), FxTable.NONE, new TokenUse.NotStated());
    var page = parse(page("ada", input, Optional.empty()).render());

    assertThat(rows(page, "One budget, five readings; none of them is cash").getFirst().getLast())
        .isEqualTo("absent: an uncapped budget has no face value");
    assertThat(rows(page, "The five lenses side by side").getFirst())
        .containsExactly("FACE", "absent: an uncapped budget has no face value");
    assertThat(widths(table(page, "Each offer year; tokens are beside pay and no part of it")))
        .as("cash and equity of four years, and no bar for what is not known")
        .hasSize(4 * 2);
    assertThat(text(page))
        .contains("No amount was converted.")
        .contains("The package holds no promised grant.");
  }

  @Test
  void sameInputSamePage() {
    assertThat(stockholm("ada").render()).isEqualTo(stockholm("ada").render());
  }

  /** Paid in SEK, granted in USD, and consuming more than the base. */
  private static StatementPage stockholm(String person) {
    return page(person, stockholmInput(), Optional.empty());
  }

  private static StatementInput stockholmInput() {
    var sek = Currency.getInstance("SEK");
    var grant =
        EquityGrant.promised(
            "grant-1",
            new GrantSize.Shares(1000),
            new SharePrice(Money.of("21", "SEK"), START, MARKUP, Percent.ZERO),
            START,
            new VestSchedule(START, 12, 2, 2, Allocation.CUMULATIVE_ROUND_DOWN, Optional.empty()));
    var pack =
        new CompensationPackage(
            START,
            4,
            Base.yearly(Money.of("720000", "SEK")),
            Optional.empty(),
            List.of(),
            List.of(grant),
            List.of(),
            Optional.of(TokenBudget.tool(new Entitlement.FixedMoney(Money.of("75000", "USD")))));
    var fx =
        new FxTable(
            List.of(
                new FxQuote(
                    "usd-sek-1",
                    Currency.getInstance("USD"),
                    sek,
                    new BigDecimal("10.50"),
                    START,
                    MARKUP)));
    var metered =
        new MeteredTokens(
            Money.of("600000", "SEK"),
            Money.of("150000", "SEK"),
            Money.of("525000", "SEK"),
            Money.of("40000", "SEK"),
            Optional.of(Money.of("187500", "SEK")),
            Optional.empty(),
            "position 42");
    return StatementInput.of(pack, AS_OF, sek, fx, new TokenUse.Metered(metered));
  }

  private static StatementPage page(
      String person, StatementInput input, Optional<EmployerCost> cost) {
    var statement = StatementCalculator.calculate(input);
    var leaver =
        LeaverCalculator.calculate(
            new LeaverInput(
                input,
                START,
                List.of(AnnualAmount.of(START, input.pack().base().annual().round())),
                Proration.CALENDAR_DAYS_ACTUAL));
    return new StatementPage(
        person,
        START,
        statement,
        Optional.of(new StatementPage.Consumption(START, AS_OF)),
        Snapshots.of(statement.lines()),
        List.of("A note: " + MARKUP),
        VestCalendar.of(input.pack(), AS_OF, input.currency(), input.fx()),
        Optional.of(leaver),
        cost);
  }

  private static Document parse(String html) throws Exception {
    var factory = DocumentBuilderFactory.newInstance();
    factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
    return factory.newDocumentBuilder().parse(new InputSource(new StringReader(html)));
  }

  private static String text(Document page) {
    return page.getDocumentElement().getTextContent();
  }

  private static Element table(Document page, String caption) {
    return elements(page.getElementsByTagName("table")).stream()
        .filter(
            candidate ->
                candidate.getElementsByTagName("caption").item(0).getTextContent().equals(caption))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> widths(Element table) {
    return elements(table.getElementsByTagName("div")).stream()
        .filter(div -> div.getAttribute("class").startsWith("bar "))
        .map(bar -> bar.getAttribute("class") + " " + bar.getAttribute("style"))
        .toList();
  }

  private static List<List<String>> rows(Document page, String caption) {
    var table = table(page, caption);
    var body = (Element) table.getElementsByTagName("tbody").item(0);
    var rows = new ArrayList<List<String>>();
    for (var row : elements(body.getElementsByTagName("tr"))) {
      rows.add(elements(row.getChildNodes()).stream().map(Element::getTextContent).toList());
    }
    return rows;
  }

  private static List<Element> elements(NodeList nodes) {
    return IntStream.range(0, nodes.getLength()).mapToObj(i -> (Element) nodes.item(i)).toList();
  }
}
