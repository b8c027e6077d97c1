package io.forgewatch.command.audit;

import io.forgewatch.event.Subject;
import io.forgewatch.event.SubjectType;
import io.forgewatch.web.Problem;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Reads what an auditor asks about: a type and an id. What belongs to an enterprise has a story of its own. */
final class AuditSubjects {

    private AuditSubjects() {}

    /** @throws Problem 400 for a type that is none, 404 for an id that can't be one of the type */
    static Subject inPath(String type, String id) {
        SubjectType known = type("type", type, AuditSubjects::hasAStory);
        if (!isFormed(known, id)) {
            throw Problem.notFound();
        }
        return new Subject(known, id);
    }

    /** @throws Problem 400 when they are not given together, or are no such things */
    static Optional<Subject> inQuery(Optional<String> type, Optional<String> id) {
        if (type.isEmpty() && id.isEmpty()) {
            return Optional.empty();
        }
        String given = type.orElseThrow(
                () -> Problem.invalidParameter("subjectType", "It must be given with subjectId. 须与 subjectId 同时给出。"));
        SubjectType known = type("subjectType", given, _ -> true);
        String subject = id.orElseThrow(
                () -> Problem.invalidParameter("subjectId", "It must be given with subjectType. 须与 subjectType 同时给出。"));
        if (!isFormed(known, subject)) {
            throw Problem.invalidParameter("subjectId", "Not an id of that type. 编号格式与类型不符。");
        }
        return Optional.of(new Subject(known, subject));
    }

    static boolean hasAStory(SubjectType type) {
        return type.form().isPresent();
    }

    private static SubjectType type(String parameter, String given, Predicate<SubjectType> allowed) {
        return SubjectType.fromWire(given)
                .filter(allowed)
                .orElseThrow(() -> Problem.invalidParameter(
                        parameter,
                        Arrays.stream(SubjectType.values())
                                .filter(allowed)
                                .map(SubjectType::wire)
                                .collect(Collectors.joining(", ", "One of ", ". 类型无效。"))));
    }

    /** What belongs to no one enterprise goes by any name. */
    private static boolean isFormed(SubjectType type, String id) {
        return type.form().map(form -> form.isOne(id)).orElse(true);
    }
}
