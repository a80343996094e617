package io.lakemesh.check;

/** {@code true} and {@code false} in any case, blanks around them; nothing else (1, 0, yes and no are for null tokens or rules). */
final class BooleanParser implements CellParser {
    @Override
    public boolean parse(byte[] bytes, int start, int end, Cell out) {
        int from = Utf8.trimStart(bytes, start, end);
        int to = Utf8.trimEnd(bytes, from, end);
        boolean isTrue = is("true", bytes, from, to);
        out.setWhole(isTrue ? 1 : 0);
        return isTrue || is("false", bytes, from, to);
    }

    private static boolean is(String word, byte[] bytes, int from, int to) {
        if (to - from != word.length()) {
            return false;
        }
        for (int i = 0; i < word.length(); i++) {
            if ((bytes[from + i] | 0x20) != word.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean accept(Object value, Cell out) {
        out.setWhole(Boolean.TRUE.equals(value) ? 1 : 0);
        return value instanceof Boolean;
    }

    @Override
    public boolean worthCaching() {
        return false;
    }
}
