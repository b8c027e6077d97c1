package io.forgewatch.web;

import io.forgewatch.event.enterprise.Industry;
import io.forgewatch.event.equipment.Severity;
import io.forgewatch.event.risk.RiskLevel;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.web.method.HandlerMethod;

/** Describes {@code limit}, {@code cursor} and the filters of operations that take {@link ListParameters}. */
final class ListOperations implements GlobalOperationCustomizer {

    private static final Map<String, FilterSchema> FILTERS = Map.ofEntries(
            entry(FilterSchema.matching("enterpriseId", "Of this enterprise", "GT3702110001", "^(GT|LJ)[0-9]{10}$")),
            entry(FilterSchema.text("deviceId", "Of this device", "GT3702110001010001")),
            entry(FilterSchema.text(
                    "subject", "Of this device, gateway, camera, area or enterprise", "GT3702110001-G1")),
            entry(FilterSchema.truth("open", "true: every status but CLEARED; false: CLEARED")),
            entry(FilterSchema.text("status", "In this status", "")),
            entry(FilterSchema.text("state", "In this state", "")),
            entry(FilterSchema.oneOf("level", "Of this level", RiskLevel.class, "YELLOW")),
            entry(FilterSchema.oneOf("severity", "Of this severity", Severity.class, "A")),
            entry(FilterSchema.matching(
                    "region",
                    "Within this region: a GB/T 2260 prefix of 2, 4 or 6 digits",
                    "3702",
                    "^([0-9]{2}|[0-9]{4}|[0-9]{6})$")),
            entry(FilterSchema.oneOf("industry", "Of this industry", Industry.class, "STEEL")),
            entry(FilterSchema.matching(
                    "class", "Of this class of equipment: two digits of the catalogue", "01", "^[0-9]{2}$")),
            entry(FilterSchema.instant("from", "Not before this instant (ISO-8601)", "2026-11-24T00:00:00Z")),
            entry(FilterSchema.instant("to", "Before this instant (ISO-8601)", "2026-11-25T00:00:00Z")),
            entry(FilterSchema.instant("at", "As it was at this instant (ISO-8601)", "2026-11-24T22:35:00Z")),
            entry(FilterSchema.number("position", "As it was at this position: a whole number", 4711)),
            entry(FilterSchema.number("after", "Only after this position: a whole number", 4711)),
            entry(FilterSchema.oneOf(
                    "order",
                    "asc for oldest first, desc (when not said) for newest first",
                    List.of("asc", "desc"),
                    "desc")),
            entry(FilterSchema.text("actor", "Caused by this actor: kind/id", "account/zhao")),
            entry(FilterSchema.text("type", "Of this name; several may be given", "AlarmRaised")),
            entry(FilterSchema.oneOf(
                    "subjectType",
                    "Of this kind of subject, with subjectId",
                    List.of("enterprise", "device", "gateway", "rope", "alarm", "risk", "warning", "account", "log"),
                    "warning")),
            entry(FilterSchema.text("subjectId", "Of this subject, with subjectType", "GT3702110001-W1")));

    @Override
    public Operation customize(Operation operation, HandlerMethod handler) {
        Arrays.stream(handler.getMethodParameters())
                .filter(parameter -> parameter.getParameterType() == ListParameters.class)
                .findFirst()
                .ifPresent(parameter -> describe(operation, parameter));
        return operation;
    }

    private static void describe(Operation operation, MethodParameter list) {
        List<Parameter> parameters =
                new ArrayList<>(operation.getParameters() == null ? List.of() : operation.getParameters());
        List<Parameter> described = new ArrayList<>();
        if (ListParametersResolver.paged(list)) {
            described.addAll(pages());
        }
        ListParametersResolver.filters(list).forEach(name -> described.add(filter(name, list)));
        ListParametersResolver.repeated(list).forEach(name -> described.add(repeated(filter(name, list))));
        described.stream()
                .filter(one ->
                        parameters.stream().noneMatch(known -> one.getName().equals(known.getName())))
                .forEach(parameters::add);
        operation.setParameters(parameters);
    }

    private static List<Parameter> pages() {
        return List.of(
                FilterSchema.query(ListParameters.LIMIT, "At most so many items")
                        .example(50)
                        .schema(new Schema<Integer>()
                                .types(Set.of("integer"))
                                .minimum(BigDecimal.ONE)
                                .maximum(BigDecimal.valueOf(500))
                                ._default(50)),
                FilterSchema.query(ListParameters.CURSOR, "The next of the page before; opaque")
                        .schema(new Schema<String>().types(Set.of("string")).maxLength(700)));
    }

    private static Parameter filter(String name, MethodParameter list) {
        FilterSchema known = FILTERS.getOrDefault(name, FilterSchema.text(name, "Only with this " + name, ""));
        return Arrays.stream(MergedAnnotations.from(list.getParameterAnnotations())
                        .get(Filters.class)
                        .synthesize()
                        .described())
                .filter(own -> own.name().equals(name))
                .findFirst()
                .map(known::as)
                .orElse(known)
                .parameter();
    }

    private static Parameter repeated(Parameter parameter) {
        Schema<?> one = parameter.getSchema();
        return parameter
                .schema(new Schema<List<String>>().types(Set.of("array")).items(one))
                .style(Parameter.StyleEnum.FORM)
                .explode(true)
                .example(parameter.getExample() == null ? null : List.of(parameter.getExample()));
    }

    private static Map.Entry<String, FilterSchema> entry(FilterSchema filter) {
        return Map.entry(filter.name(), filter);
    }
}
