package io.forgewatch.command.eventstore;

import java.util.regex.Pattern;

/**
 * What this instance is called among those that run at the same time: the setting {@code forgewatch.instance}. There is no default:
 * two that forget it would be one to Kafka and to the claims of automations, and throw each other out for ever.
 *
 * @param value 1 to 64 of letters, digits, dot, hyphen and underscore
 */
public record InstanceId(String value) {

    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    /** @throws IllegalStateException when it is missing or not of that form: the side does not start */
    public InstanceId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalStateException(
                    (value.isBlank() ? "forgewatch.instance is missing" : "forgewatch.instance is '" + value + "'")
                            + ": set it (or FORGEWATCH_INSTANCE) to a name that no other running instance of this side has, 1 to 64"
                            + " of letters, digits, '.', '-' and '_', such as the pod's. 未设置实例名或格式不符：请将 forgewatch.instance"
                            + "（或环境变量 FORGEWATCH_INSTANCE）设为同时运行的各实例中唯一的名称，1 至 64 个字母、数字、点、连字符或下划线。");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
