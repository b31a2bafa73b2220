package dev.hashify.report;

import java.util.ArrayList;
import java.util.List;

/// Divides a rectangle among weights so that the parts are as square as can be: the squarified
/// treemap of Bruls, Huizing and van Wijk (2000).
final class Treemap {

  private final List<Box> boxes = new ArrayList<>();
  private final double[] areas;
  private double x;
  private double y;
  private double width;
  private double height;

  /// A part, in the unit of the whole.
  record Box(double x, double y, double width, double height) {}

  private Treemap(double[] areas, double width, double height) {
    this.areas = areas;
    this.width = width;
    this.height = height;
  }

  /// One box for each of `weights`, in their order.
  ///
  /// @param weights the largest first, none of them 0 or less
  static List<Box> divide(long[] weights, double width, double height) {
    double sum = 0;
    for (long weight : weights) {
      sum += weight;
    }
    var areas = new double[weights.length];
    for (int i = 0; i < areas.length; i++) {
      areas[i] = weights[i] / sum * width * height;
    }
    return new Treemap(areas, width, height).divide();
  }

  private List<Box> divide() {
    int first = 0;
    while (first < areas.length) {
      double side = Math.min(width, height);
      int end = first + 1;
      double sum = areas[first];
      while (end < areas.length
          && worst(first, end + 1, sum + areas[end], side) <= worst(first, end, sum, side)) {
        sum += areas[end];
        end++;
      }
      layRow(first, end, sum);
      first = end;
    }
    return boxes;
  }

  /// The worst ratio of sides in a row: that of its largest or of its smallest part.
  private double worst(int first, int end, double sum, double side) {
    double square = side * side;
    return Math.max(square * areas[first] / (sum * sum), sum * sum / (square * areas[end - 1]));
  }

  private void layRow(int first, int end, double sum) {
    boolean isColumn = width >= height;
    double thickness = isColumn ? sum / height : sum / width;
    double along = 0;
    for (int i = first; i < end; i++) {
      double length = areas[i] / thickness;
      boxes.add(
          isColumn
              ? new Box(x, y + along, thickness, length)
              : new Box(x + along, y, length, thickness));
      along += length;
    }
    if (isColumn) {
      x += thickness;
      width -= thickness;
    } else {
      y += thickness;
      height -= thickness;
    }
  }
}
