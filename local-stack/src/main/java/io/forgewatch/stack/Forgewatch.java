package io.forgewatch.stack;

import io.forgewatch.command.CommandSide;
import io.forgewatch.query.QuerySide;
import io.forgewatch.stack.bench.BenchRun;
import io.forgewatch.stack.demo.CountryDemonstration;
import io.forgewatch.stack.instance.InstanceJvm;
import io.forgewatch.stack.instance.InstanceProcess;
import io.forgewatch.stack.rebuild.Rebuild;
import io.forgewatch.stack.trial.TrialRun;
import java.io.Console;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The program behind {@code ./forgewatch}. */
public final class Forgewatch {

    private static final int FAILED = 1;
    private static final int MISUSED = 2;

    private Forgewatch() {}

    /**
     * Runs a verb: run, bench, trial, openapi, rebuild or help. Ends with 0, with 1 when something failed, a goal is missed or a trial
     * did not hold, with 2 when it was asked for what there is not.
     */
    public static void main(String[] arguments) {
        String verb = arguments.length == 0 ? "help" : arguments[0];
        List<String> rest = Arrays.asList(arguments).subList(Math.min(1, arguments.length), arguments.length);
        try {
            System.exit(perform(verb, rest));
        } catch (UsageException misused) {
            System.err.println(misused.getMessage());
            System.exit(MISUSED);
        } catch (StackException failed) {
            System.err.println(failed.getMessage());
            System.exit(FAILED);
        } catch (Exception failed) {
            System.err.println("Forgewatch ended: " + failed);
            System.exit(FAILED);
        }
    }

    private static int perform(String verb, List<String> arguments) throws Exception {
        Optional<HelpPage> page = HelpPage.isAskedFor(arguments) ? HelpPage.of(verb) : Optional.empty();
        if (page.isPresent()) {
            System.out.println(page.get().text());
            return 0;
        }
        switch (verb) {
            case "run" -> {
                return run(arguments);
            }
            case "bench" -> {
                StackOptions options = options(List.of());
                return BenchRun.of(
                        arguments,
                        options.home().resolve("bench.json"),
                        root().resolve("docs").resolve("performance.md"),
                        new Progress(System.out));
            }
            case "openapi" -> {
                Flags flags = Flags.parse(verb, 0, arguments);
                OpenApiExport.write(root(), at(flags), sides(), new Progress(System.out));
                return 0;
            }
            case "rebuild" -> {
                return rebuild(arguments);
            }
            case "trial" -> {
                return TrialRun.of(arguments, options(List.of()), new Progress(System.out));
            }
            case "rehearse" -> {
                rehearse(options(arguments));
                return 0;
            }
            case "help" -> {
                return help(arguments);
            }
            default -> throw noVerb(verb);
        }
    }

    private static int help(List<String> arguments) {
        HelpPage page = arguments.isEmpty()
                ? HelpPage.overview()
                : HelpPage.of(arguments.getFirst()).orElseThrow(() -> noVerb(arguments.getFirst()));
        System.out.println(page.text());
        return 0;
    }

    private static UsageException noVerb(String verb) {
        return new UsageException(
                "There is no verb '" + verb + "'. There are: " + String.join(", ", HelpPage.VERBS) + ", help.");
    }

    private static int run(List<String> arguments) throws Exception {
        StackOptions options = options(arguments);
        Progress progress = new Progress(System.out);
        Sides sides = options.sides() == 1
                ? sides()
                : InstanceProcess.sides(options.home(), InstanceJvm.likeThis(instanceHeap()), progress);
        LocalStack.Started started = LocalStack.start(options, sides, Optional.of(demonstration()), progress);
        progress.tell("Ready");
        progress.page(WelcomePage.of(started.whereabouts()));
        started.stack().awaitEnd();
        return 0;
    }

    private static int rebuild(List<String> arguments) throws Exception {
        Flags flags = Flags.parse("rebuild", 1, arguments);
        if (flags.names().isEmpty()) {
            throw new UsageException("Which view? './forgewatch rebuild NAME', or 'all'.");
        }
        StackOptions options = at(flags);
        Console console = System.console();
        Rebuild.of(
                flags.names().getFirst(),
                options.home().resolve("run.json"),
                System.out,
                console != null && console.isTerminal());
        return 0;
    }

    /** Starts and plays everything for a moment: the JVM notes what it loads, so that the next start is quick. */
    private static void rehearse(StackOptions options) throws Exception {
        try (TemporaryStack stack =
                TemporaryStack.start(options, sides(), Optional.of(demonstration()), new Progress(System.out))) {
            System.out.println("Rehearsed on " + stack.whereabouts().command());
        }
    }

    private static CountryDemonstration demonstration() {
        return new CountryDemonstration(root(), Optional.ofNullable(System.getenv("FORGEWATCH_SHARED")));
    }

    /** Of a verb that has no flag of a stack but where it is kept. */
    private static StackOptions at(Flags flags) {
        return options(
                flags.value("--home").map(home -> List.of("--home", home)).orElse(List.of()));
    }

    private static StackOptions options(List<String> arguments) {
        StackOptions options = StackOptions.parse(arguments, System.getenv());
        // Before the first logger: logback.xml reads them.
        System.setProperty(
                "forgewatch.log", options.home().resolve("forgewatch.log").toString());
        System.setProperty("org.springframework.boot.logging.LoggingSystem", "none");
        return options;
    }

    private static Path root() {
        return Path.of(System.getProperty("forgewatch.root", "."));
    }

    private static String instanceHeap() {
        return System.getenv().getOrDefault("FORGEWATCH_INSTANCE_HEAP", InstanceJvm.USUAL_HEAP);
    }

    private static Sides sides() {
        return new Sides(CommandSide::start, QuerySide::start);
    }
}
