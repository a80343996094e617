package io.lakemesh.iceberg.file;

import io.lakemesh.error.InvalidInputException;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/**
 * How CSV files are read where it differs from RFC 4180 in UTF-8.
 *
 * @param charset the encoding of files without a byte order mark; null for UTF-8
 * @param delimiter an ASCII character other than a quote or a line break; null for a comma, in {@code .tsv} files a tab
 */
public record CsvOptions(@Nullable Charset charset, @Nullable Character delimiter) {
    public static final CsvOptions DEFAULT = new CsvOptions(null, null);

    public CsvOptions {
        if (delimiter != null && (delimiter >= 0x80 || delimiter == 0 || "\"\r\n".indexOf(delimiter) >= 0)) {
            throw new InvalidInputException(
                    "Invalid CSV delimiter: expected one ASCII character that is neither a quote nor a line break");
        }
    }

    public CsvOptions withCharset(Charset other) {
        return new CsvOptions(other, delimiter);
    }

    public CsvOptions withDelimiter(char other) {
        return new CsvOptions(charset, other);
    }

    byte delimiterOr(char usual) {
        return (byte) (delimiter == null ? usual : delimiter.charValue());
    }
}
