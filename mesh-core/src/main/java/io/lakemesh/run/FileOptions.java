package io.lakemesh.run;

import io.lakemesh.error.InvalidInputException;
import java.nio.charset.Charset;
import org.jspecify.annotations.Nullable;

/**
 * How CSV files are read where they differ from RFC 4180 in UTF-8; files of other formats are not affected.
 *
 * @param charset the encoding of files without a byte order mark; null for UTF-8
 * @param delimiter an ASCII character other than a quote or a line break; null for a comma, in {@code .tsv} files a tab
 */
public record FileOptions(@Nullable Charset charset, @Nullable Character delimiter) {
    public static final FileOptions DEFAULT = new FileOptions(null, null);

    public FileOptions {
        if (delimiter != null && (delimiter >= 0x80 || delimiter == 0 || "\"\r\n".indexOf(delimiter) >= 0)) {
            throw new InvalidInputException(
                    "Invalid CSV delimiter: expected one ASCII character that is neither a quote nor a line break");
        }
    }

    public FileOptions withCharset(Charset other) {
        return new FileOptions(other, delimiter);
    }

    public FileOptions withDelimiter(char other) {
        return new FileOptions(charset, other);
    }
}
