package dev.fourthpillar.comp.pdf;

import com.openhtmltopdf.extend.FSSupplier;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import com.openhtmltopdf.util.XRLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.apache.pdfbox.pdmodel.PDDocument;

/**
 * A page as PDF. The font is embedded, so that the document looks the same everywhere and needs no
 * font on the machine that writes it: Latin, Greek and Cyrillic; what it has no sign for is printed
 * as {@code #}.
 */
public final class PdfWriter {
  private static final String FONT = "/org/apache/pdfbox/resources/ttf/LiberationSans-Regular.ttf";
  private static final String FAMILY = "Liberation Sans";

  static {
    // It tells what it reads, and what it reads is somebody's pay.
    XRLog.setLoggingEnabled(false);
  }

  private PdfWriter() {}

  /**
   * @param page well-formed, with all it needs inside
   */
  public static byte[] write(String page) {
    var out = new ByteArrayOutputStream();
    FSSupplier<InputStream> font = () -> PDDocument.class.getResourceAsStream(FONT);
    try {
      new PdfRendererBuilder()
          .useFont(font, FAMILY)
          // Nothing is loaded, whatever a page says.
          .useUriResolver((_, _) -> null)
          .usePdfUaAccessbility(true)
          .withHtmlContent(page, null)
          .toStream(out)
          .run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
