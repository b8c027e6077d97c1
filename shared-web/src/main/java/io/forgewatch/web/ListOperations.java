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

    private static final Map<String, Filter> FILTERS = Map.of(
            "enterpriseId", new Filter("Of this enterprise", "GT3702110001"),
            "deviceId", new Filter("Of this device", "GT3702110001010001"),
            "status", new Filter("In this status", "ACTIVE"),
            "level", new Filter("Of this level: RED, ORANGE, YELLOW or BLUE", "YELLOW"),
            "severity", new Filter("Of this severity: A, B or C", "A"),
            "region", new Filter("Within this region: a GB/T 2260 prefix of 2, 4 or 6 digits", "3702"),
            "industry", new Filter("Of this industry: STEEL or ALUMINIUM", "STEEL"),
            "class", new Filter("Of this class of equipment", "BF"),
            "from", new Filter("Not before this instant (ISO-8601)", "2026-11-24T00:00:00Z"),
            "to", new Filter("Before this instant (ISO-8601)", "2026-11-25T00:00:00Z"));

    private static final Set<String> INSTANTS = Set.of("from", "to");

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

    private static Parameter query(String name, String description) {
        return new QueryParameter().name(name).description(description).required(false);
    }
}
