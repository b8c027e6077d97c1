package io.forgewatch.web;

import io.forgewatch.event.enterprise.EnterpriseId;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What is asked of a list. Every value that makes no sense is 400 {@code invalid-parameter}.
 *
 * <p>Controllers take it as a parameter, marked with the filters they know: {@code @Filters({"status", "from"}) ListParameters
 * list}.
 */
public final class ListParameters {

    public static final String LIMIT = "limit";
    public static final String CURSOR = "cursor";

    private static final int LIMIT_UNSAID = 50;
    private static final int LIMIT_HIGHEST = 500;
    private static final int LONGEST_TEXT = 128;
    private static final int MOST_REPEATS = 50;
    private static final Pattern REGION = Pattern.compile("[0-9]{2}|[0-9]{4}|[0-9]{6}");
    private static final Pattern TRUTH = Pattern.compile("true|false");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");

    private final Map<String, List<String>> query;
    private final ListMark mark;

    private ListParameters(String list, Map<String, List<String>> query) {
        this.query = query;
        this.mark = ListMark.of(list, query);
    }

    /**
     * @param list where it is: a cursor is of one list
     * @param filters the names that are known besides {@code limit} and {@code cursor}
     * @throws Problem 400 when a name is not known or is given twice, or limit or cursor is no such thing
     */
    public static ListParameters of(String list, Map<String, List<String>> query, Collection<String> filters) {
        return of(list, query, filters, List.of());
    }

    /**
     * @param repeated names that may be given up to {@value #MOST_REPEATS} times
     * @throws Problem 400 as {@link #of(String, Map, Collection)}
     */
    public static ListParameters of(
            String list, Map<String, List<String>> query, Collection<String> filters, Collection<String> repeated) {
        query.forEach((name, values) -> {
            boolean again = repeated.contains(name);
            if (!again && !filters.contains(name) && !name.equals(LIMIT) && !name.equals(CURSOR)) {
                throw unknown(name);
            }
            if (again && values.size() > MOST_REPEATS) {
                throw Problem.invalidParameter(name, "It is given too often. 此参数出现次数过多。");
            }
            if (!again && values.size() != 1) {
                throw Problem.invalidParameter(name, "It can be given once. 此参数只能出现一次。");
            }
        });
        ListParameters parameters = new ListParameters(list, query);
        parameters.limit();
        parameters.cursor();
        return parameters;
    }

    /**
     * Of what has no pages: {@code limit} and {@code cursor} are as unknown as any other name.
     *
     * @throws Problem 400 as {@link #of(String, Map, Collection)}
     */
    public static ListParameters ofOne(String list, Map<String, List<String>> query, Collection<String> filters) {
        for (String ofPages : List.of(LIMIT, CURSOR)) {
            if (query.containsKey(ofPages)) {
                throw unknown(ofPages);
            }
        }
        return of(list, query, filters);
    }

    /** 1 to 500, 50 when not said. */
    public int limit() {
        String given = given(LIMIT).orElse(null);
        if (given == null) {
            return LIMIT_UNSAID;
        }
        int limit = NUMBER.matcher(given).matches() ? Integer.parseInt(given) : 0;
        if (limit < 1 || limit > LIMIT_HIGHEST) {
            throw Problem.invalidParameter(LIMIT, "A whole number from 1 to 500. 应为 1 至 500 的整数。");
        }
        return limit;
    }

    public Optional<Cursor> cursor() {
        return given(CURSOR).map(text -> Cursor.decode(text, mark));
    }

    /** What a page says of the following one: taken by this list with these filters, and by no other. */
    public String next(Cursor cursor) {
        return cursor.encode(mark);
    }

    /** At most 128 characters. */
    public Optional<String> text(String name) {
        Optional<String> given = given(name);
        if (given.isPresent() && (given.get().isBlank() || given.get().length() > LONGEST_TEXT)) {
            throw Problem.invalidParameter(name, "1 to 128 characters. 应为 1 至 128 个字符。");
        }
        return given;
    }

    /** The values of a parameter that may be repeated, each of at most 128 characters; empty when it is not given. */
    public List<String> texts(String name) {
        List<String> values = query.getOrDefault(name, List.of());
        if (values.stream().anyMatch(value -> value == null || value.isBlank() || value.length() > LONGEST_TEXT)) {
            throw Problem.invalidParameter(name, "1 to 128 characters. 应为 1 至 128 个字符。");
        }
        return values;
    }

    /** One of an enum's names, exactly as contract and specification write them. */
    public <E extends Enum<E>> Optional<E> oneOf(String name, Class<E> values) {
        return given(name)
                .map(given -> Arrays.stream(values.getEnumConstants())
                        .filter(value -> value.name().equals(given))
                        .findFirst()
                        .orElseThrow(() -> Problem.invalidParameter(
                                name, "One of " + Arrays.toString(values.getEnumConstants()) + ". 取值不在允许范围内。")));
    }

    /** {@code true} or {@code false}. */
    public Optional<Boolean> truth(String name) {
        return matching(name, TRUTH, "true or false. 应为 true 或 false。").map(Boolean::valueOf);
    }

    /** An ISO-8601 instant with its offset, such as {@code 2026-11-24T22:35:00Z}. */
    public Optional<Instant> instant(String name) {
        return given(name).map(given -> {
            try {
                return java.time.OffsetDateTime.parse(given).toInstant();
            } catch (DateTimeException bad) {
                throw Problem.invalidParameter(
                        name, "An ISO-8601 instant such as 2026-11-24T22:35:00Z. 应为 ISO-8601 时间。");
            }
        });
    }

    /** A GB/T 2260 prefix of 2, 4 or 6 digits. */
    public Optional<String> region(String name) {
        return matching(name, REGION, "A GB/T 2260 prefix of 2, 4 or 6 digits. 应为 2、4 或 6 位行政区划代码。");
    }

    public Optional<EnterpriseId> enterprise(String name) {
        return given(name)
                .map(given -> EnterpriseId.FORM
                        .find(given)
                        .orElseThrow(() -> Problem.invalidParameter(
                                name, "An enterprise id such as GT3702110001. 应为企业编码。")));
    }

    private Optional<String> matching(String name, Pattern form, String said) {
        Optional<String> given = given(name);
        if (given.isPresent() && !form.matcher(given.get()).matches()) {
            throw Problem.invalidParameter(name, said);
        }
        return given;
    }

    private Optional<String> given(String name) {
        List<String> values = query.get(name);
        return values == null || values.isEmpty()
                ? Optional.empty()
                : Optional.of(String.valueOf(values.getFirst() == null ? "" : values.getFirst()));
    }

    static Problem unknown(String name) {
        return Problem.invalidParameter(shortened(name), "There is no such parameter here. 不支持此查询参数。");
    }

    private static String shortened(String name) {
        return name.length() <= 40 ? name : name.substring(0, 40);
    }
}
