package io.lakemesh.error;

/**
 * Where something stands in a text file.
 *
 * @param file the file as the user named it
 * @param line from 1; 0 where only the file is known
 * @param column from 1, in characters; 0 where only the file is known
 */
public record Place(String file, int line, int column) {
    /** The file as a whole. */
    public static Place of(String file) {
        return new Place(file, 0, 0);
    }

    @Override
    public String toString() {
        return line == 0 ? file : file + ":" + line + ":" + column;
    }
}
