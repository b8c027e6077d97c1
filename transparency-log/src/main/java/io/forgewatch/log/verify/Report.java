package io.forgewatch.log.verify;

import io.forgewatch.log.VerifierKey;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** Tells people: the outcome on one stream, what goes on on the other, everything in both languages. */
final class Report implements Progress {

    private static final long EVERY = Duration.ofSeconds(2).toNanos();

    private final PrintStream out;
    private final PrintStream err;
    private final long began = System.nanoTime();
    private long told = began;

    Report(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public void at(long done, long of) {
        // Looking at the clock for every event would cost as much as a hash.
        if (done % 1024 == 0 && System.nanoTime() - told >= EVERY) {
            told = System.nanoTime();
            long left = Math.round((double) (told - began) / done * (of - done) / 1e9);
            err.printf(
                    "Checked %1$,d of %2$,d events (%3$d %%), about %4$d s left / 已核对 %1$,d / %2$,d 条（%3$d%%），约剩 %4$d 秒%n",
                    done, of, 100 * done / Math.max(of, 1), left);
        }
    }

    @Override
    public void next(Told what) {
        err.println(what.en() + " / " + what.zh() + " ...");
    }

    void note(Told told) {
        err.println(told.en());
        err.println(told.zh());
    }

    int misuse(String why) {
        err.println(why);
        err.println("'./forgewatch help verify' says how it is used / 用法见 ./forgewatch help verify");
        return Verify.MISUSE;
    }

    void page(String text) {
        out.println(text);
    }

    int outcome(Outcome outcome, boolean oneEvent) {
        return switch (outcome) {
            case Outcome.Holds holds -> {
                if (oneEvent) {
                    print(event(holds));
                    // A part of the outcome: it says how much was compared.
                    holds.warnings().forEach(warning -> print(noted(warning)));
                } else {
                    warnings(holds.warnings());
                    print(store(holds));
                }
                yield Verify.HOLDS;
            }
            case Outcome.DoesNotHold not -> {
                warnings(not.warnings());
                print(finding(not.finding()));
                yield Verify.DOES_NOT_HOLD;
            }
        };
    }

    private void warnings(List<Told> warnings) {
        warnings.forEach(this::warning);
    }

    void warning(Told warning) {
        note(noted(warning));
    }

    private static Told noted(Told warning) {
        return new Told("Note: " + warning.en() + ".", "注意：" + warning.zh() + "。");
    }

    private void print(Told told) {
        out.println(told.en());
        out.println(told.zh());
    }

    private static Told store(Outcome.Holds holds) {
        long sealed = holds.checkpoint().size();
        return Told.of(
                "HOLDS: the first %1$,d events are those of the checkpoint of %2$s, signed by %3$s; %4$,d later ones agree with their"
                        + " entries and no checkpoint covers them yet.",
                "成立：前 %1$,d 条事件与 %2$s 的检查点一致，由 %3$s 签署；其后 %4$,d 条与自身条目相符，尚无检查点覆盖。",
                sealed,
                holds.checkpoint().origin(),
                signers(holds.by()),
                holds.checked() - sealed);
    }

    private static Told event(Outcome.Holds holds) {
        return Told.of(
                "HOLDS: the event is in the log %1$s at size %2$,d, signed by %3$s.",
                "成立：该事件在日志 %1$s 中（大小 %2$,d），由 %3$s 签署。",
                holds.checkpoint().origin(),
                holds.checkpoint().size(),
                signers(holds.by()));
    }

    private static Told finding(Finding finding) {
        return finding.position() == 0
                ? Told.of(
                        "DOES NOT HOLD: %1$s. [%2$s]",
                        "不成立：%3$s。[%2$s]",
                        finding.told().en(),
                        finding.kind(),
                        finding.told().zh())
                : Told.of(
                        "DOES NOT HOLD at event %1$d: %2$s. [%3$s]",
                        "不成立，首条不符者为第 %1$d 条：%4$s。[%3$s]",
                        finding.position(),
                        finding.told().en(),
                        finding.kind(),
                        finding.told().zh());
    }

    private static String signers(List<VerifierKey> keys) {
        return keys.stream()
                .map(key -> key.algorithm() + " " + key.name() + "+" + "%08x".formatted(key.id()))
                .collect(Collectors.joining(", "));
    }
}
