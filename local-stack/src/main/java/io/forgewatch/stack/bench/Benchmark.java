package io.forgewatch.stack.bench;

import io.forgewatch.stack.Progress;
import java.util.List;

/** Measures something; named in {@code META-INF/services} to be found. */
public interface Benchmark {

    /** Its group, a dot and its own name, such as {@code main.ingest-rate}; {@code ./forgewatch bench} takes either. */
    String name();

    /** The first part of its name, with which its figures' names begin as well. */
    default String group() {
        return name().substring(0, name().indexOf('.'));
    }

    /** Measures, telling how far it is. */
    List<Figure> measure(Progress progress) throws Exception;
}
