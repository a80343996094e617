package io.lakemesh.check;

import io.lakemesh.batch.DoubleVector;
import io.lakemesh.batch.LongVector;
import io.lakemesh.batch.Vector;
import io.lakemesh.contract.ColumnContract;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Values of a column's type that a contract writes as text. Texts that are not of the type stand for no value. */
final class ValueSet {
    private final long[] longs;
    private final Set<Object> objects;

    private ValueSet(List<Cell> cells, Vector box) {
        this.longs = cells.stream()
                .mapToLong(cell -> box instanceof DoubleVector ? NumberParser.bits(cell.number) : cell.whole)
                .sorted()
                .toArray();
        this.objects =
                cells.stream().map(cell -> cell.object).filter(Objects::nonNull).collect(Collectors.toSet());
    }

    static ValueSet of(ColumnContract column, Collection<String> texts) {
        CellParser parser = CellParsers.of(column, column.name());
        List<Cell> cells = texts.stream()
                .map(text -> parse(parser, text))
                .filter(cell -> cell.present)
                .toList();
        return new ValueSet(cells, Vector.of(column.type(), 1));
    }

    private static Cell parse(CellParser parser, String text) {
        Cell cell = new Cell();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        cell.present = parser.parse(bytes, 0, bytes.length, cell);
        return cell;
    }

    /** Whether the value of a row, which is not null, is one of these. */
    boolean contains(Vector column, int row) {
        if (column instanceof LongVector vector) {
            return Arrays.binarySearch(longs, vector.value(row)) >= 0;
        }
        return column instanceof DoubleVector vector
                ? Arrays.binarySearch(longs, NumberParser.bits(vector.value(row))) >= 0
                : objects.contains(column.get(row));
    }
}
