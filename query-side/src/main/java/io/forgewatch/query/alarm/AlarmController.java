package io.forgewatch.query.alarm;

import io.forgewatch.query.web.ReadErrors;
import io.forgewatch.web.Caller;
import io.forgewatch.web.Filters;
import io.forgewatch.web.ListParameters;
import io.forgewatch.web.Page;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

@RestController
@Tag(name = "alarms", description = "Alarms 报警")
class AlarmController {

    private final AlarmQueries queries;

    AlarmController(AlarmQueries queries) {
        this.queries = queries;
    }

    @GetMapping("/alarms")
    @Operation(
            summary = "Alarms within your jurisdiction, newest first 报警列表",
            description =
                    "Of devices and their points; those of a gateway, camera, area or enterprise with subject, one at a time.")
    @ReadErrors
    Mono<Page<AlarmView>> listAlarms(
            Caller caller,
            @Filters(
                            value = {
                                "enterpriseId",
                                "subject",
                                "deviceId",
                                "region",
                                "status",
                                "open",
                                "severity",
                                "from",
                                "to"
                            },
                            described =
                                    @Filters.Filter(name = "status", values = AlarmStatus.class, example = "ACTIVE"))
                    ListParameters list) {
        return queries.page(caller, list);
    }

    @GetMapping("/alarms/{id}")
    @Operation(summary = "One alarm 报警详情")
    @ReadErrors
    Mono<AlarmView> getAlarm(
            Caller caller,
            @Parameter(example = "GT3702110001010001.BF_CW_P.LOW.1732440000100") @PathVariable String id) {
        return queries.one(caller, id);
    }
}
