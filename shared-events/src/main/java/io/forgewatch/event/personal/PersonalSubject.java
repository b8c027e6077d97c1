package io.forgewatch.event.personal;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.forgewatch.event.Subject;
import io.forgewatch.event.SubjectType;
import io.forgewatch.event.enterprise.EnterpriseId;
import java.util.regex.Pattern;

/**
 * Whose personal data it is: erased together, under keys of its own. On the wire {@code account/zhang.wei} or {@code
 * enterprise/GT3702110001}.
 *
 * @param kind {@link SubjectType#ACCOUNT} or {@link SubjectType#ENTERPRISE}
 * @param id the username, or the enterprise's id
 */
public record PersonalSubject(SubjectType kind, String id) {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    /** @throws IllegalArgumentException when there is no such subject of personal data */
    public PersonalSubject {
        if (kind != SubjectType.ACCOUNT && kind != SubjectType.ENTERPRISE
                || !ID.matcher(id).matches()) {
            throw new IllegalArgumentException("Personal data belongs to an account or an enterprise");
        }
    }

    public static PersonalSubject account(String username) {
        return new PersonalSubject(SubjectType.ACCOUNT, username);
    }

    public static PersonalSubject enterprise(EnterpriseId enterprise) {
        return new PersonalSubject(SubjectType.ENTERPRISE, enterprise.value());
    }

    @JsonValue
    public String wire() {
        return kind.wire() + "/" + id;
    }

    /** @throws IllegalArgumentException when it has not that form */
    @JsonCreator
    public static PersonalSubject fromWire(String wire) {
        int slash = wire.indexOf('/');
        SubjectType kind = SubjectType.fromWire(wire.substring(0, Math.max(0, slash)))
                .orElseThrow(() -> new IllegalArgumentException("Not whose personal data could be: " + wire));
        return new PersonalSubject(kind, wire.substring(slash + 1));
    }

    /** The same as what events happen to. */
    public Subject subject() {
        return new Subject(kind, id);
    }
}
