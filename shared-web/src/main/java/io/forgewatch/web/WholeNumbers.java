package io.forgewatch.web;

import java.beans.PropertyEditorSupport;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.springframework.beans.PropertyEditorRegistry;

/**
 * Whole numbers in paths, parameters and headers: an optional sign and the digits 0 to 9. Spring's own take hexadecimal ones, and
 * Java's take the digits of every script, which no document of ours says.
 *
 * <p>Editors and not converters: where a converter refuses, Spring asks its own editor after it.
 */
final class WholeNumbers {

    private static final Pattern FORM = Pattern.compile("-?[0-9]{1,19}");

    private WholeNumbers() {}

    static void register(PropertyEditorRegistry registry) {
        registry.registerCustomEditor(long.class, new Editor(Long::valueOf));
        registry.registerCustomEditor(Long.class, new Editor(Long::valueOf));
        registry.registerCustomEditor(int.class, new Editor(Integer::valueOf));
        registry.registerCustomEditor(Integer.class, new Editor(Integer::valueOf));
    }

    private static final class Editor extends PropertyEditorSupport {

        private final Function<String, Number> read;

        private Editor(Function<String, Number> read) {
            this.read = read;
        }

        @Override
        public void setAsText(String text) {
            if (!FORM.matcher(text).matches()) {
                throw new IllegalArgumentException("Not a whole number");
            }
            setValue(read.apply(text));
        }
    }
}
