package io.lakemesh.check;

/** Converts values of one type. */
interface CellParser {
    /**
     * Reads UTF-8 text.
     *
     * @return false if it is not of the type; the cell is then undefined
     */
    boolean parse(byte[] bytes, int start, int end, Cell out);

    /**
     * Takes a value that its source has typed already, if that loses nothing.
     *
     * @return false if it is not of the type; the cell is then undefined
     */
    boolean accept(Object value, Cell out);

    /** Whether converting is dear enough to keep the result for each distinct text. */
    default boolean worthCaching() {
        return true;
    }
}
