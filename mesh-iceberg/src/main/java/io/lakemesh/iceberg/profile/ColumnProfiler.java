package io.lakemesh.iceberg.profile;

import io.lakemesh.batch.RawBatch;
import io.lakemesh.batch.RawColumn;
import io.lakemesh.classify.ColumnSample;
import io.lakemesh.iceberg.profile.ColumnProfile.TopValue;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.datasketches.frequencies.ErrorType;
import org.apache.datasketches.frequencies.ItemsSketch;
import org.apache.datasketches.hll.HllSketch;
import org.apache.datasketches.kll.KllDoublesSketch;
import org.apache.datasketches.quantilescommon.QuantileSearchCriteria;
import org.jspecify.annotations.Nullable;

/** Gathers one column. */
final class ColumnProfiler {
    private static final double[] RANKS = {0.05, 0.25, 0.5, 0.75, 0.95};
    private static final int LG_K = 12;
    private static final int FREQUENT_MAP = 1024;
    private static final int TOP = 10;
    private static final int LONGEST_SHOWN = 200;

    private final String name;
    private final ColumnSample sample;
    private final TypeInference types = new TypeInference();
    private final Extremes extremes = new Extremes();
    private final HllSketch distinct = new HllSketch(LG_K);
    private final KllDoublesSketch numbers = KllDoublesSketch.newHeapInstance();
    private final ItemsSketch<String> frequent = new ItemsSketch<>(FREQUENT_MAP);
    private @Nullable Map<String, Long> exact = new LinkedHashMap<>();
    private long values;
    private int shortest = Integer.MAX_VALUE;
    private int longest;
    private boolean allUuids = true;

    ColumnProfiler(String name, ColumnSample sample) {
        this.name = name;
        this.sample = sample;
    }

    void add(RawBatch batch, int position) {
        RawColumn column = batch.column(position);
        for (int row = 0; row < batch.size(); row++) {
            Object value = batch.malformed(row) == null ? column.get(row) : null;
            if (value != null) {
                add(value);
            }
        }
    }

    private void add(Object value) {
        values++;
        sample.add(value);
        types.add(value);
        String text = value.toString();
        distinct.update(text.isEmpty() ? "\0" : text);
        if (types.couldBe(InferredType.NUMBER)) {
            numbers.update(Double.parseDouble(text));
        }
        addText(text);
        extremes.add(value, text, types);
    }

    private void addText(String text) {
        int length = text.codePointCount(0, text.length());
        shortest = Math.min(shortest, length);
        longest = Math.max(longest, length);
        allUuids = allUuids && TypeInference.isUuid(text);
        frequent.update(shown(text));
        Map<String, Long> counts = exact;
        if (counts != null) {
            counts.merge(text, 1L, Long::sum);
            exact = counts.size() > ColumnProfile.EXACT_VALUES || length > LONGEST_SHOWN ? null : counts;
        }
    }

    private static String shown(String text) {
        return text.length() <= LONGEST_SHOWN
                ? text
                : text.substring(0, text.offsetByCodePoints(0, LONGEST_SHOWN / 2)) + "...";
    }

    ColumnProfile result(long rows) {
        InferredType type = types.result();
        Map<String, Long> counts = exact == null ? Map.of() : exact;
        return new ColumnProfile(
                name,
                type,
                rows,
                rows - values,
                exact == null ? Math.min(Math.round(distinct.getEstimate()), values) : counts.size(),
                extremes.minimum(type).map(ColumnProfiler::shown).orElse(null),
                extremes.maximum(type).map(ColumnProfiler::shown).orElse(null),
                values == 0 ? 0 : shortest,
                longest,
                quantiles(type),
                topValues(),
                counts,
                allUuids && values > 0);
    }

    private SortedMap<Double, Double> quantiles(InferredType type) {
        SortedMap<Double, Double> quantiles = new TreeMap<>();
        if (type == InferredType.INTEGER || type == InferredType.NUMBER) {
            double[] found = numbers.getQuantiles(RANKS, QuantileSearchCriteria.INCLUSIVE);
            for (int i = 0; i < RANKS.length; i++) {
                quantiles.put(RANKS[i], found[i]);
            }
        }
        return quantiles;
    }

    private List<TopValue> topValues() {
        if (values == 0) {
            return List.of();
        }
        return Arrays.stream(frequent.getFrequentItems(ErrorType.NO_FALSE_POSITIVES))
                .limit(TOP)
                .map(row -> new TopValue(row.getItem(), row.getLowerBound()))
                .toList();
    }
}
