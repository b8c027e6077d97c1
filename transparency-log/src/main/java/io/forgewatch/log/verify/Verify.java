package io.forgewatch.log.verify;

import io.forgewatch.log.LogFormatException;
import io.forgewatch.log.Note;
import io.forgewatch.log.ShippedFolder;
import io.forgewatch.log.VerifierKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The command: checks a store against its last shipped checkpoint, or one exported event. Ends with {@value #HOLDS} when all of it
 * holds, {@value #DOES_NOT_HOLD} when something does not, and {@value #MISUSE} when that could not be found out.
 */
public final class Verify {

    static final int HOLDS = 0;
    static final int DOES_NOT_HOLD = 1;
    static final int MISUSE = 2;

    private static final Pattern POSTGRES = Pattern.compile("\"postgres\"\\s*:\\s*\"([^\"\\\\]+)\"");
    private static final String HOME = ".forgewatch";

    private final Path home;
    private final Report report;

    /**
     * @param home where {@code ./forgewatch run} keeps everything: the shipped log, and which store runs
     * @param out is told the outcome
     * @param err is told what goes on, and of misuse
     */
    public Verify(Path home, PrintStream out, PrintStream err) {
        this.home = home;
        this.report = new Report(out, err);
    }

    /** @param arguments as {@code ./forgewatch help} says */
    public static void main(String[] arguments) {
        Path home =
                Path.of(Optional.ofNullable(System.getenv("FORGEWATCH_HOME")).orElse(HOME));
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        System.exit(new Verify(home, out, err).run(List.of(arguments)));
    }

    /**
     * Does what is asked for, and tells.
     *
     * @param arguments as {@code ./forgewatch help} says
     * @return the exit code
     */
    public int run(List<String> arguments) {
        try {
            if (arguments.contains("--help") || arguments.contains("-h")) {
                report.page(help());
                return HOLDS;
            }
            Options options = Options.parse(arguments);
            Outcome outcome = options.oneEvent() ? event(options) : store(options);
            return report.outcome(outcome, options.oneEvent());
        } catch (NoSuchFileException e) {
            return report.misuse("There is no file " + e.getMessage() + " / 没有此文件：" + e.getMessage());
        } catch (StoreUnreadableException | SQLException e) {
            return report.misuse("The store can't be read / 无法读取存储: " + e.getMessage());
        } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
            return report.misuse(String.valueOf(e.getMessage()));
        }
    }

    /** The page that {@code ./forgewatch help verify} prints too. */
    static String help() throws IOException {
        try (InputStream page = Objects.requireNonNull(Verify.class.getResourceAsStream("verify.txt"), "verify.txt")) {
            return new String(page.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }

    private Outcome event(Options options) throws IOException {
        Optional<Path> answer = options.path("--event");
        if (answer.isPresent()) {
            return ProofCheck.run(Files.readAllBytes(answer.get()), keys(options, new ShippedFolder(shipped(options))));
        }
        return ProofCheck.run(
                Files.readAllBytes(options.required("--proof")),
                Files.readAllBytes(options.required("--entry")),
                given(options, "--payload"),
                given(options, "--metadata"),
                keys(options, new ShippedFolder(shipped(options))));
    }

    private static Optional<byte[]> given(Options options, String flag) throws IOException {
        Optional<Path> file = options.path(flag);
        return file.isPresent() ? Optional.of(Files.readAllBytes(file.get())) : Optional.empty();
    }

    private Outcome store(Options options) throws IOException, SQLException {
        ShippedFolder folder = new ShippedFolder(shipped(options));
        Optional<Note> note;
        try {
            note = folder.checkpoint();
        } catch (LogFormatException e) {
            String why = String.valueOf(e.getMessage());
            Told told = new Told("the shipped checkpoint cannot be read: " + why, "传送出的检查点无法读取：" + why);
            return new Outcome.DoesNotHold(new Finding(0, Finding.Kind.MALFORMED, told), List.of());
        }
        Note checkpoint = note.orElseThrow(
                () -> new IllegalArgumentException("There is no checkpoint in " + folder + " / 该文件夹中没有检查点"));
        List<VerifierKey> keys = keys(options, folder);
        try (JdbcStoreRows rows = JdbcStoreRows.open(address(options))) {
            ErasedPayloads known = new ErasedPayloads(rows, options.erased());
            Outcome outcome = new StoreCheck(known, checkpoint, keys, folder, report).run();
            known.told().ifPresent(report::warning);
            return outcome;
        }
    }

    private List<VerifierKey> keys(Options options, ShippedFolder folder) throws IOException {
        Optional<Path> file = options.path("--keys");
        List<VerifierKey> keys =
                file.isPresent() ? VerifierKey.parseLines(Files.readString(file.get())) : folder.keys();
        if (keys.isEmpty()) {
            throw new IllegalArgumentException(
                    "No key to check signatures with: name a file of verifier keys by --keys / 没有可用于验证签名的公钥，请以 --keys 指定");
        }
        if (file.isEmpty()) {
            report.note(new Told(
                    "The keys are those in " + folder
                            + ": compare them with keys that you were given in another way, or name those by"
                            + " --keys.",
                    "所用公钥取自 " + folder + "：请与另行取得的公钥比对，或以 --keys 指定。"));
        }
        return keys;
    }

    private Path shipped(Options options) {
        return options.path("--shipped").orElse(home.resolve("data").resolve("log"));
    }

    /** The store that is named, or the one that runs here. */
    private String address(Options options) throws IOException {
        if (options.value("--store").isPresent()) {
            return options.value("--store").get();
        }
        Path running = home.resolve("run.json");
        if (Files.exists(running)) {
            Matcher address = POSTGRES.matcher(Files.readString(running));
            if (address.find()) {
                return address.group(1);
            }
        }
        throw new IllegalArgumentException(
                "Nothing runs here: start it by './forgewatch run', or name a store by --store postgresql://user:password@host:port/database"
                        + " / 此处没有运行中的存储：请先启动，或以 --store 指定");
    }
}
