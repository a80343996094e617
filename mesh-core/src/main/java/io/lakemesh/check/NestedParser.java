package io.lakemesh.check;

/** Structs, lists and maps: JSON text, or values that their source has typed. */
final class NestedParser implements CellParser {
    private final NestedConformer conformer;

    NestedParser(NestedConformer conformer) {
        this.conformer = conformer;
    }

    @Override
    public boolean parse(byte[] bytes, int start, int end, Cell out) {
        try {
            Object value = JsonText.parse(Utf8.decode(bytes, start, end));
            return value != null && conformer.conform(value, out);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @Override
    public boolean accept(Object value, Cell out) {
        return conformer.conform(value, out);
    }

    @Override
    public boolean worthCaching() {
        return false;
    }
}
