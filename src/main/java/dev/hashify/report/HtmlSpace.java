package dev.hashify.report;

import dev.hashify.file.TreePath;
import dev.hashify.report.RootSpace.DirectorySpace;
import dev.hashify.report.Treemap.Box;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// Who uses which space: a treemap of roots and their directories, and the same as a table.
final class HtmlSpace {

  /// Parts of the picture in all: more are too small to see or to point at.
  private static final int PARTS_MAX = 900;

  private static final int PARTS_OF_ROOT_MIN = 6;

  /// Rows of a root's directories in the table, in all and for each.
  private static final int ROWS_MAX = 1_500;

  private static final int ROWS_OF_ROOT_MAX = 25;

  /// The shape the picture is laid out for, that of the style on a wide screen.
  private static final double WIDTH = 16;

  private static final double HEIGHT = 9;

  /// About how many letters fit side by side into the picture.
  private static final int LETTERS = 150;

  /// The same of the letters of a root's name, and how many of them its frame takes.
  private static final int BOLD_LETTERS = 115;

  private static final int PADDING = 2;

  /// Fewer say nothing; what is too long is cut off by the style.
  private static final int NAME_LETTERS_MIN = 4;

  /// Below this there is no room for a root's name above its parts.
  private static final double ROOM_MIN = 1.1;

  private final Html html;
  private final List<RootSpace> roots;
  private final List<String> names;

  HtmlSpace(Html html, Space space) {
    this.html = html;
    this.roots = space.roots();
    this.names = RootNames.of(roots);
  }

  void write() {
    html.raw("<section id=\"space\" aria-labelledby=\"space-title\">\n")
        .raw("<h2 id=\"space-title\">Who uses which space</h2>\n")
        .raw("<p class=\"note\">Each root by what it would take alone: what it shares with other ")
        .raw("roots, and what is its own and would come back with it. By length of content, each ")
        .raw("content once in a root.</p>\n<div class=\"card\">\n");
    List<Integer> order = order().stream().filter(at -> roots.get(at).aloneBytes() > 0).toList();
    if (!order.isEmpty()) {
      html.raw("<ul class=\"key\" aria-hidden=\"true\"><li><span class=\"s\"></span>shared</li>")
          .raw("<li><span class=\"o\"></span>its own</li></ul>\n");
      map(order);
    }
    table();
    html.raw("</div></section>\n");
  }

  /// The roots, the largest first.
  private List<Integer> order() {
    return IntStream.range(0, roots.size())
        .boxed()
        .sorted(
            Comparator.comparingLong((Integer at) -> roots.get(at).aloneBytes())
                .reversed()
                .thenComparing(Comparator.naturalOrder()))
        .toList();
  }

  private void map(List<Integer> order) {
    html.raw("<div class=\"map\" role=\"group\" aria-label=\"Treemap of roots and directories; ")
        .raw("arrow keys move, Enter goes to the root's row in the table below\">\n");
    long[] weights = order.stream().mapToLong(at -> roots.get(at).aloneBytes()).toArray();
    List<Box> boxes = Treemap.divide(weights, WIDTH, HEIGHT);
    int partsMax = Math.max(PARTS_OF_ROOT_MIN, PARTS_MAX / order.size());
    for (int i = 0; i < order.size(); i++) {
      root(order.get(i), boxes.get(i), partsMax);
    }
    html.raw("</div>\n<p class=\"where\" aria-hidden=\"true\"></p>\n");
  }

  private void root(int number, Box box, int partsMax) {
    RootSpace root = roots.get(number);
    html.raw("<div class=\"root\"").raw(place(box, WIDTH, HEIGHT)).raw("\">");
    boolean hasRoom = box.width() >= ROOM_MIN && box.height() >= ROOM_MIN;
    List<DirectorySpace> parts = hasRoom ? parts(root, partsMax) : List.of();
    String kind = parts.isEmpty() ? "name whole" : "name";
    html.raw("<a class=\"" + kind + "\" href=\"#root-" + number + "\"");
    if (parts.isEmpty()) {
      html.raw(" style=\"--s:" + Html.percent(share(root.sharedBytes(), root.aloneBytes())) + "\"");
    }
    html.raw(" aria-label=\"")
        .text(Html.shown(root.path()) + ": " + say(root.ownBytes(), root.sharedBytes()))
        .raw("\"><bdi>")
        .text(fitted(names.get(number), box))
        .raw("</bdi></a>");
    if (!parts.isEmpty()) {
      parts(number, parts, box);
    }
    html.raw("</div>\n");
  }

  /// The end of a name that has no room: the names of a hundred roots begin alike.
  private static String fitted(String name, Box box) {
    int most = Math.max(NAME_LETTERS_MIN, (int) (BOLD_LETTERS * box.width() / WIDTH) - PADDING);
    if (name.length() <= most) {
      return name;
    }
    int from = name.length() - (most - 1);
    // Not between the halves of a pair.
    from += Character.isLowSurrogate(name.charAt(from)) ? 1 : 0;
    return "…" + name.substring(from);
  }

  /// The largest parts, and the rest as one at the place its size gives it.
  private static List<DirectorySpace> parts(RootSpace root, int most) {
    List<DirectorySpace> parts = new ArrayList<>();
    long own = 0;
    long shared = 0;
    for (var each : root.directories()) {
      if (parts.size() < most && !each.path().isEmpty()) {
        parts.add(each);
      } else {
        own += each.ownBytes();
        shared += each.sharedBytes();
      }
    }
    if (own + shared > 0) {
      parts.add(new DirectorySpace(TreePath.EMPTY, own, shared));
    }
    parts.sort(Comparator.comparingLong(DirectorySpace::totalBytes).reversed());
    return parts;
  }

  private void parts(int number, List<DirectorySpace> parts, Box root) {
    long[] weights = parts.stream().mapToLong(DirectorySpace::totalBytes).toArray();
    List<Box> boxes = Treemap.divide(weights, root.width(), root.height());
    html.raw("<div class=\"inner\">");
    for (int i = 0; i < parts.size(); i++) {
      DirectorySpace part = parts.get(i);
      Box box = boxes.get(i);
      String name = part.path().isEmpty() ? "the rest" : "/" + Html.shown(part.path());
      html.raw("<a class=\"part\" tabindex=\"-1\" href=\"#root-" + number + "\"")
          .raw(place(box, root.width(), root.height()))
          .raw(";--s:" + Html.percent(share(part.sharedBytes(), part.totalBytes())) + "\"")
          .raw(" aria-label=\"")
          .text(
              Html.shown(roots.get(number).path())
                  + (part.path().isEmpty() ? ", " : "")
                  + name
                  + ": "
                  + say(part.ownBytes(), part.sharedBytes()))
          .raw("\">");
      // A label that shows no letter only makes the page larger.
      if (box.width() > 0.5 && box.height() > 0.3) {
        html.raw("<bdi>").text(label(part, name, box)).raw("</bdi>");
      }
      html.raw("</a>");
    }
    html.raw("</div>");
  }

  /// The last name where there is no room for more.
  private static String label(DirectorySpace part, String name, Box box) {
    boolean isShort = box.width() < WIDTH * name.length() / LETTERS;
    return isShort && !part.path().isEmpty() ? Html.label(part.path()) : name;
  }

  private static String say(long own, long shared) {
    return Figures.bytes(shared) + " shared, " + Figures.bytes(own) + " its own";
  }

  private static double share(long part, long whole) {
    return whole == 0 ? 0 : (double) part / whole;
  }

  /// Where a box lies in its whole: the attribute of an element, still open.
  private static String place(Box box, double width, double height) {
    return String.format(
        Locale.ROOT,
        " style=\"left:%.2f%%;top:%.2f%%;width:%.2f%%;height:%.2f%%",
        100 * box.x() / width,
        100 * box.y() / height,
        100 * box.width() / width,
        100 * box.height() / height);
  }

  private void table() {
    html.raw("<div class=\"scroll tall\" tabindex=\"0\" role=\"region\" aria-label=\"Roots\">")
        .raw("<table>\n<thead><tr><th scope=\"col\">Root</th>")
        .raw("<th scope=\"col\" class=\"n\">Its own</th>")
        .raw("<th scope=\"col\" class=\"n\">Shared</th>")
        .raw("<th scope=\"col\" class=\"n\">Alone</th>")
        .raw("<th scope=\"col\" class=\"n wide\">Files</th></tr></thead>\n<tbody>\n");
    int rowsOfRoot = Math.min(ROWS_OF_ROOT_MAX, ROWS_MAX / Math.max(1, roots.size()));
    for (int number : order()) {
      RootSpace root = roots.get(number);
      html.raw("<tr id=\"root-" + number + "\"><th scope=\"row\">").path(root.path());
      bar(root.ownBytes(), root.sharedBytes());
      directories(root, rowsOfRoot);
      html.raw("</th>")
          .number(Figures.bytes(root.ownBytes()))
          .number(Figures.bytes(root.sharedBytes()))
          .number(Figures.bytes(root.aloneBytes()))
          .raw("<td class=\"n wide\">")
          .text(Figures.count(root.files()))
          .raw("</td></tr>\n");
    }
    html.raw("</tbody></table></div>\n");
  }

  private void bar(long own, long shared) {
    long most = roots.stream().mapToLong(RootSpace::aloneBytes).max().orElse(1);
    html.raw("<span class=\"bar\" aria-hidden=\"true\"><i class=\"s\" style=\"width:")
        .raw(Html.percent(share(shared, most)))
        .raw("\"></i><i class=\"o\" style=\"width:")
        .raw(Html.percent(share(own, most)))
        .raw("\"></i></span>");
  }

  private void directories(RootSpace root, int rows) {
    if (root.directories().isEmpty() || rows == 0) {
      return;
    }
    html.raw("<details><summary>Largest directories</summary><table>\n<thead><tr>")
        .raw("<th scope=\"col\">Directory</th><th scope=\"col\" class=\"n\">Its own</th>")
        .raw("<th scope=\"col\" class=\"n\">Shared</th></tr></thead>\n<tbody>\n");
    root.directories().stream()
        .limit(rows)
        .forEach(each -> {
          html.raw("<tr><th scope=\"row\">");
          if (each.path().isEmpty()) {
            html.raw("all other");
          } else {
            html.raw("<bdi>/").text(Html.shown(each.path())).raw("</bdi>");
          }
          html.raw("</th>")
              .number(Figures.bytes(each.ownBytes()))
              .number(Figures.bytes(each.sharedBytes()))
              .raw("</tr>\n");
        });
    html.raw("</tbody></table></details>");
  }
}
