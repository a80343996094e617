package io.lakemesh.cli;

import io.lakemesh.run.FileOptions;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How the CSV files of an input are written, for the commands that read them. */
final class CsvFormat {
    @Option(
            names = "--encoding",
            paramLabel = "NAME",
            converter = Encoding.class,
            description = "of CSV files without a byte order mark, such as ISO-8859-1; by default UTF-8")
    private @Nullable Charset encoding;

    @Option(
            names = "--delimiter",
            paramLabel = "CHARACTER",
            converter = Delimiter.class,
            description = "between the fields of CSV files, or 'tab'; by default a comma, in .tsv files a tab")
    private @Nullable Character delimiter;

    FileOptions options() {
        return new FileOptions(encoding, delimiter);
    }

    /** Finds an encoding by its name. */
    static final class Encoding implements ITypeConverter<Charset> {
        @Override
        public Charset convert(String name) {
            try {
                return Charset.forName(name);
            } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
                throw new TypeConversionException(
                        "unknown encoding '" + name + "', expected one such as UTF-8, ISO-8859-1 or windows-1252");
            }
        }
    }

    /** Reads {@code tab} as what shells make hard to type. */
    static final class Delimiter implements ITypeConverter<Character> {
        @Override
        public Character convert(String value) {
            if (value.equals("tab")) {
                return '\t';
            }
            if (value.length() != 1) {
                throw new TypeConversionException("expected one character or 'tab', found '" + value + "'");
            }
            return value.charAt(0);
        }
    }
}
