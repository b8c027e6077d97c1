package io.forgewatch.stack;

import java.util.Optional;
import java.util.stream.Collectors;

/** The short page at the end of a start: what runs where, who can sign in, what to try, how to stop. */
final class WelcomePage {

    private WelcomePage() {}

    static String of(RunFile run) {
        String accounts = run.accounts().entrySet().stream()
                .map(entry -> "  %-11s %-22s %s"
                        .formatted(
                                entry.getKey(),
                                entry.getValue().username(),
                                entry.getValue().password()))
                .collect(Collectors.joining("\n"));
        RunFile.Account reader = Optional.ofNullable(run.accounts().get("ministry"))
                .or(() -> run.accounts().values().stream().findFirst())
                .orElse(new RunFile.Account("", ""));
        return """

                Forgewatch is up. 系统已就绪。
                  command side   %s   (commands, readings, audit; /swagger-ui.html)
                  query side     %s   (reads, streams; /swagger-ui.html)
                %s  PostgreSQL     %s
                  Kafka          %s
                  documents      %s

                Who can sign in (tier, name, password):
                %s

                Try:
                  TOKEN=$(curl -s %s/auth/tokens -H 'Content-Type: application/json' -d '{"username":"%s","password":"%s"}' | sed 's/.*"accessToken":"\\([^"]*\\)".*/\\1/')
                  curl -s -H "Authorization: Bearer $TOKEN" %s/patrol/overview
                  curl -s -H "Authorization: Bearer $TOKEN" %s/warnings
                  curl -sN -H "Authorization: Bearer $TOKEN" %s/streams/warnings
                  curl -s -H "Authorization: Bearer $TOKEN" %s/audit/subjects/enterprise/%s/events

                All of this is in run.json of the folder that it keeps, the log in forgewatch.log beside it. Stop with Ctrl-C.
                """.formatted(
                        run.command(),
                        run.query(),
                        instances(run),
                        run.postgres().replaceAll(":[^:@/]+@", ":…@"),
                        run.kafka(),
                        run.mongodb(),
                        accounts,
                        run.command(),
                        reader.username(),
                        reader.password(),
                        run.query(),
                        run.query(),
                        run.query(),
                        run.command(),
                        run.gateways().isEmpty()
                                ? "GT0000000000"
                                : run.gateways().getFirst().enterpriseId());
    }

    /** One line for each that has a process of its own: those may be killed. */
    private static String instances(RunFile run) {
        return run.instances().stream()
                .map(one -> "    %-12s %s   (process %d)%n".formatted(one.side(), one.url(), one.pid()))
                .collect(Collectors.joining());
    }
}
