package io.forgewatch.stack;

import java.io.PrintStream;
import java.util.Locale;

/** Tells the person at the terminal what is going on, with the seconds since the start. */
public final class Progress {

    private final PrintStream out;
    private final long began = System.nanoTime();

    public Progress(PrintStream out) {
        this.out = out;
    }

    public void tell(String line) {
        out.println(String.format(Locale.ROOT, "%6.1f s  %s", seconds(), line));
        out.flush();
    }

    /** Prints a page as it is. */
    public void page(String page) {
        out.println(page);
        out.flush();
    }

    public double seconds() {
        return (System.nanoTime() - began) / 1e9;
    }
}
