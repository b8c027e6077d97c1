package io.forgewatch.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.command.web.CommandErrors;
import io.forgewatch.web.ProblemCatalogue;
import io.forgewatch.web.Refusals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.StringEntry;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.web.bind.annotation.RestController;

/** A code with which a room refuses is told of by an operation of that room: else no client knows of it. */
class DeclaredRefusalsTest {

    /** Told of every operation that can be refused with them, by what it takes. */
    private static final Set<String> COMMON = Set.of(
            "body-too-large",
            "forbidden",
            "internal-error",
            "invalid-parameter",
            "invalid-request",
            "invalid-value",
            "malformed-json",
            "not-found",
            "unavailable",
            "unsupported-media-type");

    private static final ProblemCatalogue CATALOGUE = ProblemCatalogue.read();

    static List<Path> rooms() throws IOException, URISyntaxException {
        URI classes = CommandSide.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI();
        try (Stream<Path> all = Files.list(Path.of(classes).resolve("io/forgewatch/command"))) {
            return all.filter(Files::isDirectory)
                    .filter(room -> classes(room).anyMatch(DeclaredRefusalsTest::isController))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void givenARoomWithDoors_thenEachCodeItRefusesWithIsTold(Path room) {
        Set<String> told = classes(room)
                .filter(DeclaredRefusalsTest::isController)
                .flatMap(controller -> Arrays.stream(controller.getDeclaredMethods()))
                .flatMap(method -> MergedAnnotations.from(method).stream(Refusals.class))
                .flatMap(refusals -> Arrays.stream(refusals.getStringArray("value")))
                .map(code -> code.substring(code.indexOf(':') + 1))
                .collect(Collectors.toCollection(TreeSet::new));
        told.addAll(List.of(CommandErrors.class.getAnnotation(Refusals.class).value()));
        assertThat(told).allMatch(code -> CATALOGUE.entry(code).isPresent());
        Set<String> refused = files(room)
                .flatMap(DeclaredRefusalsTest::texts)
                .filter(text -> CATALOGUE
                        .entry(text)
                        .filter(entry -> entry.status() >= 400)
                        .isPresent())
                .filter(code -> !COMMON.contains(code))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(told).containsAll(refused);
    }

    private static boolean isController(Class<?> type) {
        return type.isAnnotationPresent(RestController.class);
    }

    private static Stream<Class<?>> classes(Path room) {
        return files(room)
                .map(file -> "io.forgewatch.command." + room.getFileName() + "."
                        + file.getFileName().toString().replace(".class", ""))
                .map(DeclaredRefusalsTest::loaded);
    }

    private static Class<?> loaded(String name) {
        try {
            return Class.forName(name, false, DeclaredRefusalsTest.class.getClassLoader());
        } catch (ClassNotFoundException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Stream<Path> files(Path room) {
        try (Stream<Path> files = Files.list(room)) {
            return files.filter(file -> file.toString().endsWith(".class")).toList().stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Stream<String> texts(Path file) {
        try {
            return StreamSupport.stream(
                            ClassFile.of().parse(file).constantPool().spliterator(), false)
                    .filter(StringEntry.class::isInstance)
                    .map(entry -> ((StringEntry) entry).stringValue());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
