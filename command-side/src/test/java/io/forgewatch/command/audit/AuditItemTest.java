package io.forgewatch.command.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.command.decision.Traced;
import io.forgewatch.event.Actor;
import io.forgewatch.event.ForeignEvent;
import io.forgewatch.event.RecordedEvent;
import io.forgewatch.event.Subject;
import io.forgewatch.event.SubjectType;
import io.forgewatch.event.Tag;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AuditItemTest {

    @Test
    void given_an_event_that_only_newer_code_knows_when_audited_then_it_is_there_and_what_may_be_secret_in_it_is_not() {
        ForeignEvent event = new ForeignEvent(
                "GatewayKeyRenewed",
                2,
                Set.of(Tag.within("GT3702110001"), new Tag("gateway", "GT3702110001-G1")),
                "{\"newKey\":\"hush\"}");

        AuditItem item = AuditItem.of(
                new Traced(new RecordedEvent(7, new UUID(0, 7), Instant.EPOCH, Actor.account("alice"), event), null));

        assertThat(item.name()).isEqualTo("GatewayKeyRenewed");
        assertThat(item.version()).isEqualTo(2);
        assertThat(item.subject()).isEqualTo(AuditItem.Named.of(new Subject(SubjectType.GATEWAY, "GT3702110001-G1")));
        assertThat(item.enterpriseId()).isEqualTo("GT3702110001");
        assertThat(item.payload().toString()).isEqualTo("{}");
    }
}
