package dev.hashify.benchmarks.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.hashify.benchmarks.compare.BarChart.Bar;
import dev.hashify.benchmarks.compare.BarChart.Emphasis;
import dev.hashify.benchmarks.compare.BarChart.Panel;
import dev.hashify.benchmarks.compare.LineChart.Point;
import dev.hashify.benchmarks.compare.LineChart.Series;
import java.io.StringReader;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class ChartTest {

  private static Document parse(String svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(svg)));
  }

  private static Element element(Document svg, String tag, int index) {
    return (Element) svg.getElementsByTagName(tag).item(index);
  }

  @Test
  void barsAreAsLongAsTheirValues() throws Exception {
    Document svg =
        parse(
            new BarChart(
                    "a < b & c",
                    "",
                    List.of(
                        new Panel(
                            "",
                            List.of(
                                new Bar("x", 2, "2 s", Emphasis.OURS),
                                new Bar("y", 4, "4 s", Emphasis.OTHERS)))))
                .svg());

    double first = Double.parseDouble(element(svg, "rect", 0).getAttribute("width"));
    double second = Double.parseDouble(element(svg, "rect", 1).getAttribute("width"));
    assertEquals(2, second / first, 0.01);
    assertEquals("ours", element(svg, "rect", 0).getAttribute("class"));
    assertEquals("a < b & c", element(svg, "text", 0).getTextContent());
  }

  @Test
  void tenTimesAsMuchIsTheSameStepEverywhereOnALogarithmicAxis() throws Exception {
    Document svg =
        parse(
            new LineChart(
                    "",
                    "",
                    "",
                    List.of(
                        new Series(
                            "x", List.of(new Point(1, 1), new Point(10, 10), new Point(100, 100)))))
                .svg());

    double first = Double.parseDouble(element(svg, "circle", 0).getAttribute("cx"));
    double second = Double.parseDouble(element(svg, "circle", 1).getAttribute("cx"));
    double third = Double.parseDouble(element(svg, "circle", 2).getAttribute("cx"));
    assertEquals(second - first, third - second, 0.2);
  }

  @Test
  void aTableRowHasACellForEachColumn() {
    var row =
        Section.costs(
            new Row("x", List.of(new Measurement(2, 1, 1 << 20, 1_000_000, 0, 0))),
            new Row("y", List.of(new Measurement(1, 1, 1 << 20, 1_000_000, 0, 0))));

    assertEquals(
        List.of("x", "2.00", "2.00 to 2.00", "2.00", "1.00", "1.00", "1.00", "0.000"), row);
    assertTrue(
        new Section("t", "", Section.COST_HEADER, List.of(row))
            .markdown()
            .contains("| x | 2.00 | 2.00 to 2.00 | 2.00 |"));
  }
}
