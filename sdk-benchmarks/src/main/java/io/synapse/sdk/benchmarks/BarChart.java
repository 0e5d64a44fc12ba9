package io.synapse.sdk.benchmarks;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Figures as horizontal bars, in SVG.
 *
 * @param title what they are
 * @param bars the figures by name
 */
record BarChart(String title, Map<String, Double> bars) {
    private static final int WIDTH = 760;
    private static final int LABELS = 210;
    private static final int ROW = 34;
    private static final int TOP = 50;

    BarChart(String title) {
        this(title, Map.of());
    }

    BarChart bar(String name, double value) {
        return bars(Map.of(name, value));
    }

    BarChart bars(Map<String, Double> more) {
        Map<String, Double> all = new LinkedHashMap<>(bars);
        all.putAll(more);
        return new BarChart(title, all);
    }

    String svg() {
        double most =
                bars.values().stream().mapToDouble(Double::doubleValue).max().orElse(1);
        StringBuilder svg =
                new StringBuilder(String.format(Locale.ROOT, """
                <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" font-family="sans-serif" font-size="14">
                  <rect width="100%%" height="100%%" fill="white"/>
                  <text x="10" y="26" font-size="16">%s</text>
                """, WIDTH, TOP + ROW * bars.size() + 10, title));
        int row = 0;
        for (Map.Entry<String, Double> bar : bars.entrySet()) {
            int top = TOP + ROW * row++;
            double length = (WIDTH - LABELS - 80) * bar.getValue() / most;
            svg.append(String.format(
                    Locale.ROOT,
                    """
                      <text x="%d" y="%d" text-anchor="end">%s</text>
                      <rect x="%d" y="%d" width="%.1f" height="22" fill="steelblue"/>
                      <text x="%.1f" y="%d">%.0f</text>
                    """,
                    LABELS - 10,
                    top + 16,
                    bar.getKey(),
                    LABELS,
                    top,
                    length,
                    LABELS + length + 8,
                    top + 16,
                    bar.getValue()));
        }
        return svg.append("</svg>\n").toString();
    }
}
