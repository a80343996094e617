package io.lakemesh.testkit.canary;

import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * One form of a value, as bytes that are a character each.
 *
 * @param anyCase whether letters count in upper and lower case; the form is in lower case then
 * @param isShort whether it is so short that bytes which were packed have it by chance
 */
record Needle(String form, boolean anyCase, boolean isShort) {
    boolean isIn(String bytes, String small, boolean unpacked) {
        return (unpacked || !isShort) && (anyCase ? small : bytes).contains(form);
    }

    /** The text in UTF-8 and UTF-16, as hexadecimal digits, in Base64, and as in addresses and JSON. */
    static List<Needle> ofText(String text) {
        List<Needle> forms = new ArrayList<>();
        forms.add(anyCase(latin(text.getBytes(StandardCharsets.UTF_8))));
        forms.add(anyCase(sixteen(text)));
        forms.add(anyCase(URLEncoder.encode(text, StandardCharsets.UTF_8)));
        forms.add(anyCase(escaped(text)));
        for (String variant :
                new LinkedHashSet<>(List.of(text, text.toLowerCase(Locale.ROOT), text.toUpperCase(Locale.ROOT)))) {
            byte[] bytes = variant.getBytes(StandardCharsets.UTF_8);
            forms.add(anyCase(HexFormat.of().formatHex(bytes)));
            base64(bytes).forEach(form -> forms.add(new Needle(form, false, false)));
        }
        return forms;
    }

    /** Digits, eight bytes in either order, and Avro's variable length. */
    static List<Needle> ofNumber(long number) {
        return List.of(
                anyCase(Long.toString(number)),
                exact(latin(eight(number, ByteOrder.LITTLE_ENDIAN)), false),
                exact(latin(eight(number, ByteOrder.BIG_ENDIAN)), false),
                exact(latin(zigzag(number)), false));
    }

    /** The ISO text, and days since 1970 in four bytes or Avro's variable length. */
    static List<Needle> ofDate(LocalDate date) {
        int days = Math.toIntExact(date.toEpochDay());
        return List.of(
                anyCase(date.toString()),
                exact(latin(four(days, ByteOrder.LITTLE_ENDIAN)), true),
                exact(latin(four(days, ByteOrder.BIG_ENDIAN)), true),
                exact(latin(zigzag(days)), true));
    }

    private static Needle anyCase(String form) {
        return new Needle(form.toLowerCase(Locale.ROOT), true, false);
    }

    private static Needle exact(String form, boolean isShort) {
        return new Needle(form, false, isShort);
    }

    private static String latin(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** In either byte order: without the zero at the one end or the other. */
    private static String sixteen(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_16LE);
        return new String(bytes, 0, bytes.length - 1, StandardCharsets.ISO_8859_1);
    }

    private static String escaped(String text) {
        StringBuilder json = new StringBuilder();
        text.chars().forEach(c -> json.append(c < 0x80 ? String.valueOf((char) c) : String.format("\\u%04x", c)));
        return json.toString();
    }

    /** What stays the same of it whatever stands before and after it: one form for each place in a group of three bytes. */
    private static Set<String> base64(byte[] bytes) {
        Set<String> forms = new LinkedHashSet<>();
        for (int before = 0; before < 3; before++) {
            byte[] shifted = new byte[before + bytes.length];
            System.arraycopy(bytes, 0, shifted, before, bytes.length);
            int from = (before * 8 + 5) / 6;
            int to = shifted.length * 8 / 6;
            forms.add(Base64.getEncoder().encodeToString(shifted).substring(from, to));
            forms.add(Base64.getUrlEncoder().encodeToString(shifted).substring(from, to));
        }
        return forms;
    }

    private static byte[] eight(long number, ByteOrder order) {
        return ByteBuffer.allocate(Long.BYTES).order(order).putLong(number).array();
    }

    private static byte[] four(int number, ByteOrder order) {
        return ByteBuffer.allocate(Integer.BYTES).order(order).putInt(number).array();
    }

    private static byte[] zigzag(long number) {
        long rest = (number << 1) ^ (number >> 63);
        ByteBuffer bytes = ByteBuffer.allocate(10);
        while ((rest & ~0x7fL) != 0) {
            bytes.put((byte) ((rest & 0x7f) | 0x80));
            rest >>>= 7;
        }
        bytes.put((byte) rest).flip();
        byte[] form = new byte[bytes.remaining()];
        bytes.get(form);
        return form;
    }
}
