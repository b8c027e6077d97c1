package io.forgewatch.command.audit;

import io.forgewatch.event.Subject;
import io.forgewatch.event.SubjectType;
import io.forgewatch.event.alarm.AlarmId;
import io.forgewatch.event.enterprise.EnterpriseId;
import io.forgewatch.event.equipment.DeviceId;
import io.forgewatch.event.warning.WarningId;
import io.forgewatch.web.Problem;
import java.util.Optional;
import java.util.Set;

/** Reads what an auditor asks about: a type and an id. */
final class AuditSubjects {

    /** Those that have a story of their own. */
    private static final Set<SubjectType> TYPES = Set.of(
            SubjectType.ENTERPRISE,
            SubjectType.DEVICE,
            SubjectType.GATEWAY,
            SubjectType.ROPE,
            SubjectType.ALARM,
            SubjectType.RISK,
            SubjectType.WARNING);

    private AuditSubjects() {}

    /** @throws Problem 400 for a type that is none, 404 for an id that can't be one of the type */
    static Subject inPath(String type, String id) {
        SubjectType known = SubjectType.fromWire(type)
                .filter(TYPES::contains)
                .orElseThrow(() -> Problem.invalidParameter(
                        "type", "One of enterprise, device, gateway, rope, alarm, risk, warning. 类型无效。"));
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
        SubjectType known = SubjectType.fromWire(given)
                .orElseThrow(() -> Problem.invalidParameter(
                        "subjectType",
                        "One of enterprise, device, gateway, rope, alarm, risk, warning, account, log. 类型无效。"));
        String subject = id.orElseThrow(
                () -> Problem.invalidParameter("subjectId", "It must be given with subjectType. 须与 subjectType 同时给出。"));
        if (!isFormed(known, subject)) {
            throw Problem.invalidParameter("subjectId", "Not an id of that type. 编号格式与类型不符。");
        }
        return Optional.of(new Subject(known, subject));
    }

    private static boolean isFormed(SubjectType type, String id) {
        return switch (type) {
            case ENTERPRISE, RISK -> EnterpriseId.isOne(id);
            case DEVICE -> DeviceId.isOne(id);
            case ALARM -> AlarmId.isOne(id);
            case WARNING -> WarningId.isOne(id);
            case ACCOUNT, LOG -> true;
            case GATEWAY, ROPE ->
                id.length() > EnterpriseId.LENGTH && EnterpriseId.isOne(id.substring(0, EnterpriseId.LENGTH));
        };
    }
}
