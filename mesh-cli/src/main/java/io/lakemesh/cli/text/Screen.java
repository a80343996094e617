package io.lakemesh.cli.text;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/**
 * Where a command writes: results to {@code out}, messages to {@code err}. All foreign text goes through {@link Visible}.
 *
 * @param colour whether results may be coloured
 * @param interactive whether somebody watches {@code err}, so that progress is worth showing
 * @param width columns of the terminal
 */
public record Screen(PrintWriter out, PrintWriter err, boolean colour, boolean interactive, int width) {
    private static final int DEFAULT_WIDTH = 100;

    /** The process's own streams, in UTF-8. The launcher says which of them are a terminal. */
    public static Screen ofProcess() {
        String terminals = System.getProperty("lakemesh.terminals", "");
        boolean plain = !System.getenv().getOrDefault("NO_COLOR", "").isEmpty()
                || System.getenv().getOrDefault("TERM", "").equals("dumb");
        return new Screen(
                writer(FileDescriptor.out),
                writer(FileDescriptor.err),
                terminals.contains("out") && !plain,
                terminals.contains("err"),
                Integer.getInteger("lakemesh.columns", DEFAULT_WIDTH));
    }

    private static PrintWriter writer(FileDescriptor descriptor) {
        return new PrintWriter(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }

    /** The same screen with its results going elsewhere. */
    public Screen writingTo(PrintWriter other) {
        return new Screen(other, err, colour, interactive, width);
    }

    /** A line of the result. */
    public void line(String text) {
        out.println(Visible.of(text));
    }

    /** A line of the result that stands out. */
    public void line(Style style, String text) {
        out.println(styled(style, text));
    }

    public void blank() {
        out.println();
    }

    /** A result for machines, as it stands. */
    public void raw(String text) {
        out.println(text);
    }

    /** A message beside the result; may have several lines. */
    public void message(String text) {
        err.println(Visible.lines(text));
    }

    /** Text, safe to show, in a style if this screen has colours. */
    public String styled(Style style, String text) {
        return colour ? style.apply(Visible.of(text)) : Visible.of(text);
    }
}
