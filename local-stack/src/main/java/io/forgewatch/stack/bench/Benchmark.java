package io.forgewatch.stack.bench;

import io.forgewatch.stack.Progress;
import java.util.List;

/** Measures something; named in {@code META-INF/services} to be found. */
public interface Benchmark {

    /** The group that {@code ./forgewatch bench GROUP} names, such as {@code main}; figures' names begin with it and a dot. */
    String group();

    /** Measures, telling how far it is. */
    List<Figure> measure(Progress progress) throws Exception;
}
