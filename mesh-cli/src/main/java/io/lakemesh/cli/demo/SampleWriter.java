package io.lakemesh.cli.demo;

import io.lakemesh.cli.demo.StopAndSearchSample.Dirt;
import io.lakemesh.cli.demo.StopAndSearchSample.Written;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;

/** Writes one sample. Bytes are put together by hand: ten million rows are wanted in seconds. */
final class SampleWriter {
    private static final String HEADER =
            "Type,Date,Part of a policing operation,Policing operation,Latitude,Longitude,Gender,"
                    + "Age range,Self-defined ethnicity,Officer-defined ethnicity,Legislation,Object of search,Outcome,"
                    + "Outcome linked to object of search,Removal of more than just outer clothing\n";
    private static final byte[] OPERATION = text("\"Operation Example,\nsecond line\"");
    private static final byte[] UNKNOWN_OUTCOME = text("Outcome to be confirmed");
    private static final byte[] NONE = new byte[0];
    private static final int LONGEST_ROW = 1024;
    private static final Dirt[] DIRT = Dirt.values();

    private final StopAndSearchSample sample;
    private final OutputStream out;
    private final RandomGenerator random;
    private final long firstSecond;
    private final double secondsPerRow;
    private final Map<Dirt, Long> dirt = new EnumMap<>(Dirt.class);
    private long quotedLineBreaks;
    private boolean previousIsClean;

    private final byte[] row = new byte[LONGEST_ROW];
    private int length;

    SampleWriter(StopAndSearchSample sample, OutputStream out) {
        this.sample = sample;
        this.out = out;
        this.random = RandomGeneratorFactory.of("L64X128MixRandom")
                .create(sample.seed() * 31
                        + sample.force().id().hashCode()
                        + sample.month().hashCode());
        this.firstSecond = sample.month().atDay(1).atStartOfDay().toEpochSecond(ZoneOffset.UTC);
        this.secondsPerRow = sample.month().lengthOfMonth() * 86_400.0 / Math.max(1, sample.rows());
        for (Dirt kind : DIRT) {
            dirt.put(kind, 0L);
        }
    }

    Written write() throws IOException {
        out.write(text(HEADER));
        long bytes = HEADER.length();
        for (long i = 0; i < sample.rows(); i++) {
            nextRow(i);
            out.write(row, 0, length);
            bytes += length;
        }
        return new Written(sample.rows(), bytes, dirt, quotedLineBreaks);
    }

    private void nextRow(long number) {
        Dirt kind = random.nextDouble() < sample.dirt() ? DIRT[random.nextInt(DIRT.length)] : null;
        // copies of clean rows only: each dirty row has one thing wrong
        boolean again = kind == Dirt.EXACT_DUPLICATE && previousIsClean;
        if (!again) {
            kind = kind == Dirt.EXACT_DUPLICATE ? Dirt.UNKNOWN_OUTCOME : kind;
            makeRow(number, kind);
            previousIsClean = kind == null;
        }
        if (kind != null) {
            dirt.merge(kind, 1L, Long::sum);
        }
    }

    private void makeRow(long number, @Nullable Dirt wrong) {
        length = 0;
        boolean vehicleOnly = random.nextInt(30) == 0;
        put(vehicleOnly ? SampleValues.VEHICLE : SampleValues.TYPES.draw(random));
        date(number, wrong);
        operation();
        place(wrong);
        person(vehicleOnly);
        search(wrong);
        field(SampleValues.LINKED.draw(random));
        field(vehicleOnly ? NONE : SampleValues.CLOTHING.draw(random));
        row[length++] = '\n';
    }

    private void date(long number, @Nullable Dirt wrong) {
        row[length++] = ',';
        if (wrong == Dirt.MISSING_DATE) {
            return;
        }
        long second = (long) ((number + random.nextDouble()) * secondsPerRow);
        if (wrong == Dirt.DATE_OUTSIDE_MONTH) {
            second = -1 - second % 86_400;
        }
        LocalDateTime time = LocalDateTime.ofEpochSecond(firstSecond + second, 0, ZoneOffset.UTC);
        digits(time.getYear(), 4, '-');
        digits(time.getMonthValue(), 2, '-');
        digits(time.getDayOfMonth(), 2, 'T');
        digits(time.getHour(), 2, ':');
        digits(time.getMinute(), 2, ':');
        digits(time.getSecond(), 2, '+');
        put(SampleValues.UTC);
    }

    private void operation() {
        boolean named = random.nextInt(500) == 0;
        quotedLineBreaks += named ? 1 : 0;
        field(named ? SampleValues.TRUE : SampleValues.PART_OF_OPERATION.draw(random));
        field(named ? OPERATION : NONE);
    }

    private void place(@Nullable Dirt wrong) {
        if (wrong == Dirt.PLACE_OUTSIDE_UK) {
            boolean south = random.nextBoolean();
            field(
                    south
                            ? -sample.force().latitude(random.nextDouble())
                            : sample.force().latitude(random.nextDouble()));
            field(south ? sample.force().longitude(random.nextDouble()) : 100 + 50 * random.nextDouble());
        } else if (random.nextInt(25) == 0) {
            field(NONE);
            field(NONE);
        } else {
            field(sample.force().latitude(random.nextDouble()));
            field(sample.force().longitude(random.nextDouble()));
        }
    }

    private void person(boolean vehicleOnly) {
        field(vehicleOnly ? NONE : SampleValues.GENDERS.draw(random));
        field(vehicleOnly ? NONE : SampleValues.AGES.draw(random));
        field(vehicleOnly ? NONE : SampleValues.SELF_DEFINED.draw(random));
        field(vehicleOnly ? NONE : SampleValues.OFFICER_DEFINED.draw(random));
    }

    private void search(@Nullable Dirt wrong) {
        field(wrong == Dirt.MISSING_LEGISLATION ? NONE : SampleValues.LEGISLATION.draw(random));
        field(SampleValues.OBJECTS.draw(random));
        field(wrong == Dirt.UNKNOWN_OUTCOME ? UNKNOWN_OUTCOME : SampleValues.OUTCOMES.draw(random));
    }

    private void field(byte[] text) {
        row[length++] = ',';
        put(text);
    }

    private void put(byte[] text) {
        System.arraycopy(text, 0, row, length, text.length);
        length += text.length;
    }

    /** Degrees with six decimals. */
    private void field(double degrees) {
        row[length++] = ',';
        long micros = Math.round(Math.abs(degrees) * 1e6);
        if (degrees < 0) {
            row[length++] = '-';
        }
        int whole = (int) (micros / 1_000_000);
        digits(whole, whole < 10 ? 1 : whole < 100 ? 2 : 3, '.');
        digits((int) (micros % 1_000_000), 6, '\0');
        length--;
    }

    private void digits(int number, int width, char end) {
        int rest = number;
        for (int i = length + width - 1; i >= length; i--) {
            row[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += width;
        row[length++] = (byte) end;
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
