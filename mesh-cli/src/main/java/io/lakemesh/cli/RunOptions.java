package io.lakemesh.cli;

import io.lakemesh.Product;
import io.lakemesh.Publish;
import io.lakemesh.contract.TableContract;
import io.lakemesh.run.FileOptions;
import io.lakemesh.run.Mode;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What {@code publish} and {@code check} share: the product, its inputs and the mode. */
final class RunOptions {
    @Parameters(paramLabel = "PRODUCT", description = "a product folder, or domain/name once it is published")
    String product;

    @Option(
            names = "--input",
            paramLabel = "[OBJECT=]INPUT",
            required = true,
            description =
                    "a file, a folder or a quoted glob: CSV, JSON Lines (also .gz) or Parquet; or trino: and a query; OBJECT where the product has several; may be repeated")
    List<String> inputs;

    @Mixin
    private CsvFormat csv = new CsvFormat();

    @Option(
            names = "--mode",
            paramLabel = "MODE",
            defaultValue = "append",
            converter = ModeConverter.class,
            completionCandidates = Modes.class,
            description = "${COMPLETION-CANDIDATES}; by default ${DEFAULT-VALUE}")
    Mode mode;

    /** The names of modes, for completion and help. */
    static final class Modes implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(Mode.values()).map(Mode::toString).iterator();
        }
    }

    /** Reads {@code overwrite-partitions} as {@link Mode#OVERWRITE_PARTITIONS}. */
    static final class ModeConverter implements picocli.CommandLine.ITypeConverter<Mode> {
        @Override
        public Mode convert(String value) {
            return Arrays.stream(Mode.values())
                    .filter(mode -> mode.toString().equals(value))
                    .findFirst()
                    .orElseThrow(() -> new picocli.CommandLine.TypeConversionException("expected one of "
                            + Arrays.stream(Mode.values()).map(Mode::toString).collect(Collectors.joining(", "))
                            + ", found '" + value + "'"));
        }
    }

    /** A run of the product with these inputs. */
    Publish start(Product found) {
        Publish publish = found.publish().mode(mode);
        List<String> objects =
                found.contract().tables().stream().map(TableContract::object).toList();
        inputs.forEach(input -> add(publish, input, objects, csv.options()));
        return publish;
    }

    /** The paths alone, without what they are for. */
    List<String> paths(Product found) {
        List<String> objects =
                found.contract().tables().stream().map(TableContract::object).toList();
        return inputs.stream()
                .map(input -> input.substring(prefix(input, objects)))
                .toList();
    }

    private static void add(Publish publish, String input, List<String> objects, FileOptions options) {
        int prefix = prefix(input, objects);
        if (prefix == 0) {
            publish.input(input, options);
        } else {
            publish.input(input.substring(0, prefix - 1), input.substring(prefix), options);
        }
    }

    /** How much of the text names an object; 0 if it is a path with an equals sign in it. */
    private static int prefix(String input, List<String> objects) {
        int equals = input.indexOf('=');
        return equals > 0 && objects.contains(input.substring(0, equals)) ? equals + 1 : 0;
    }
}
