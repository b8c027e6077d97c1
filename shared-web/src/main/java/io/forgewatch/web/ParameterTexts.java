package io.forgewatch.web;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;

/**
 * Says what a parameter is where its operation does not, with an example: an id by the part of the path before it, others by their
 * names. What is still without is found by the lint.
 */
final class ParameterTexts implements GlobalOpenApiCustomizer {

    /** @param pattern of a text; empty where any will do */
    private record Text(String description, Object example, String pattern) {

        Text(String description, Object example) {
            this(description, example, "");
        }
    }

    private static final Pattern ID = Pattern.compile("/([a-z-]+)/\\{id}");

    private static final Map<String, Text> IDS = Map.of(
            "alarms", new Text("The alarm's id 报警编号", "GT3702110001010001.BF_CW_P.LOW.1732440000100"),
            "devices", new Text("The device's id 设备编号", "GT3702110001010001"),
            "enterprises", new Text("The enterprise's id 企业编号", "GT3702110001"),
            "gateways", new Text("The gateway's id 网关编号", "GT3702110001-G1"),
            "warnings", new Text("The warning's id 预警编号", "GT3702110001-W1"));

    private static final Map<String, Text> NAMES = Map.of(
            "Idempotency-Key",
            new Text(
                    "One of your own for each thing that you want done: with it, the same request again gets the same answer,"
                            + " and another one 422 幂等键",
                    "9b2f6f0e-5b0c-4f5e-8a63-1f1a7d0c2f11",
                    "^[\\x21-\\x7e]([\\x20-\\x7e]{0,198}[\\x21-\\x7e])?$"),
            "indicator",
            new Text("The point's indicator 指标", "BF_CW_P"),
            "n",
            new Text("The answer's number, from 1 反馈序号", 1));

    @Override
    public void customise(OpenAPI document) {
        if (document.getPaths() != null) {
            document.getPaths().forEach(ParameterTexts::describe);
        }
    }

    private static void describe(String path, PathItem item) {
        Matcher before = ID.matcher(path);
        Text id = before.find() ? IDS.get(before.group(1)) : null;
        item.readOperations().stream()
                .flatMap(operation ->
                        Objects.requireNonNullElse(operation.getParameters(), List.<Parameter>of()).stream())
                .filter(parameter -> parameter.getDescription() == null)
                .forEach(parameter -> {
                    Text text = parameter.getName().equals("id") ? id : NAMES.get(parameter.getName());
                    if (text != null) {
                        describe(parameter, text);
                    }
                });
    }

    private static void describe(Parameter parameter, Text text) {
        parameter.setDescription(text.description());
        if (parameter.getExample() == null) {
            parameter.setExample(text.example());
        }
        if (!text.pattern().isEmpty()) {
            parameter.getSchema().setPattern(text.pattern());
        }
    }
}
