package io.forgewatch.web;

import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.QueryParameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springframework.core.MethodParameter;
import org.springframework.web.method.HandlerMethod;

/** Describes {@code limit}, {@code cursor} and the filters of operations that take {@link ListParameters}. */
final class ListOperations implements GlobalOperationCustomizer {

    /** What a filter is for, and an example of a value. */
    private record Filter(String description, String example) {}

    private static final Map<String, Filter> FILTERS = Map.ofEntries(
            entry("enterpriseId", "Of this enterprise", "GT3702110001"),
            entry("deviceId", "Of this device", "GT3702110001010001"),
            entry("subject", "Of this device, gateway, camera, area or enterprise", "GT3702110001-G1"),
            entry("open", "true: every status but CLEARED; false: CLEARED", "true"),
            entry("status", "In this status", "ACTIVE"),
            entry("level", "Of this level: RED, ORANGE, YELLOW or BLUE", "YELLOW"),
            entry("severity", "Of this severity: A, B or C", "A"),
            entry("region", "Within this region: a GB/T 2260 prefix of 2, 4 or 6 digits", "3702"),
            entry("industry", "Of this industry: STEEL or ALUMINIUM", "STEEL"),
            entry("class", "Of this class of equipment", "BF"),
            entry("from", "Not before this instant (ISO-8601)", "2026-11-24T00:00:00Z"),
            entry("to", "Before this instant (ISO-8601)", "2026-11-25T00:00:00Z"),
            entry("at", "As it was at this instant (ISO-8601)", "2026-11-24T22:35:00Z"),
            entry("position", "As it was at this position: a whole number", "4711"),
            entry("after", "Only after this position: a whole number", "4711"),
            entry("order", "asc for oldest first, desc (when not said) for newest first", "desc"),
            entry("actor", "Caused by this actor: kind/id", "account/zhao"),
            entry("type", "Of this name; several may be given", "AlarmRaised"),
            entry("subjectType", "Of this kind of subject, with subjectId", "warning"),
            entry("subjectId", "Of this subject, with subjectType", "GT3702110001-W1"));

    private static final Set<String> INSTANTS = Set.of("from", "to", "at");

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
        described.add(query(ListParameters.LIMIT, "At most so many items")
                .example(50)
                .schema(new Schema<Integer>()
                        .types(Set.of("integer"))
                        .minimum(java.math.BigDecimal.ONE)
                        .maximum(java.math.BigDecimal.valueOf(500))
                        ._default(50)));
        described.add(query(ListParameters.CURSOR, "The next of the page before; opaque")
                .schema(new Schema<String>().types(Set.of("string")).maxLength(700)));
        ListParametersResolver.filters(list).forEach(name -> described.add(filter(name)));
        ListParametersResolver.repeated(list).forEach(name -> described.add(repeated(name)));
        described.stream()
                .filter(one ->
                        parameters.stream().noneMatch(known -> one.getName().equals(known.getName())))
                .forEach(parameters::add);
        operation.setParameters(parameters);
    }

    private static Parameter filter(String name) {
        Filter known = FILTERS.getOrDefault(name, new Filter("Only with this " + name, ""));
        Schema<String> schema = new Schema<String>().types(Set.of("string"));
        if (INSTANTS.contains(name)) {
            schema.format("date-time");
        }
        Parameter parameter = query(name, known.description()).schema(schema);
        return known.example().isEmpty() ? parameter : parameter.example(known.example());
    }

    private static Parameter repeated(String name) {
        Parameter parameter = filter(name);
        Schema<?> one = parameter.getSchema();
        return parameter
                .schema(new Schema<List<String>>().types(Set.of("array")).items(one))
                .style(Parameter.StyleEnum.FORM)
                .explode(true)
                .example(parameter.getExample() == null ? null : List.of(parameter.getExample()));
    }

    private static Map.Entry<String, Filter> entry(String name, String description, String example) {
        return Map.entry(name, new Filter(description, example));
    }

    private static Parameter query(String name, String description) {
        return new QueryParameter().name(name).description(description).required(false);
    }
}
