package io.forgewatch.command.equipment;

import static org.assertj.core.api.Assertions.assertThat;

import io.forgewatch.command.Shared;
import io.forgewatch.event.equipment.Catalogue;
import io.forgewatch.event.equipment.Gate;
import io.forgewatch.event.equipment.Indicator;
import io.forgewatch.event.equipment.PointKind;
import io.forgewatch.event.equipment.Rate;
import io.forgewatch.event.equipment.Reference;
import io.forgewatch.event.equipment.Severity;
import io.forgewatch.event.equipment.Threshold;
import io.forgewatch.event.equipment.Thresholds;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The catalogue holds what the dossier's table says, row by row and column by column. */
class DossierCatalogueTest {

    private static final Map<String, PointKind> KINDS = Map.of(
            "AI",
            PointKind.AI,
            "DI",
            PointKind.DI,
            "静态",
            PointKind.STATIC,
            "静态/AI",
            PointKind.AI,
            "人工/AI",
            PointKind.AI);

    private static final Map<String, Gate> GATES = Map.of(
            "", Gate.IN_SERVICE,
            "casting", Gate.CASTING,
            "steady", Gate.STEADY_CASTING,
            "blowing", Gate.BLOWING,
            "pouring", Gate.POURING);

    private static final Map<String, List<Integer>> ALARM_STATES = Map.of(
            "", List.of(),
            "=0", List.of(0),
            "=0 报警(在用时)", List.of(0),
            "=0(浇铸中)", List.of(0),
            "=1", List.of(1),
            "=故障", List.of(1),
            "自检失败", List.of(0),
            "≠1 且铸造中", List.of(2, 3),
            "与指令不一致>60s", List.of(),
            "—(报警门控)", List.of());

    private static final Map<String, Reference> REFERENCES = Map.of(
            "额定", Reference.RATED,
            "设定", Reference.SET,
            "工艺设定", Reference.SET,
            "设计", Reference.DESIGN,
            "Pw", Reference.DESIGN,
            "限值", Reference.LIMIT,
            "报废值", Reference.LIMIT);

    private static final Pattern PERCENT_OF = Pattern.compile("([\\d.]+)%(\\p{IsHan}+)?");
    private static final Pattern BESIDE = Pattern.compile("(\\p{IsHan}+)([+-])(\\d+)(%)?.*");
    private static final Pattern TIMES = Pattern.compile("([\\d.]+)·Pw.*|(报废值)×([\\d.]+)");
    private static final Pattern NUMBER = Pattern.compile("([+-]?[\\d.]+)(?: \\(=.*\\))?");
    private static final Pattern BELOW = Pattern.compile("<([\\d.]+).*");

    /** What the table says in words, or by kind. */
    private static final Map<String, Threshold> IN_WORDS = Map.of(
            "GM_P HH 设计值", new Threshold.Share(1.0, Reference.DESIGN),
            "CR_ROPE_WIRES HH 见§7 (熔融金属减半)", new Threshold.Share(1.0, Reference.LIMIT),
            "CR_OVERSPD HH 超速开关整定值 (125–140, 默认125)", new Threshold.Share(1.0, Reference.SET));

    private static final List<String> BY_KIND = List.of("GH_SPEED", "GM_O2");

    private static final Catalogue CATALOGUE = Catalogue.standard();

    @Test
    void givenTheDossiersTableThenTheCatalogueHasItsRowsAndNoOthers() {
        assertThat(CATALOGUE.indicators().stream()
                        .map(each -> each.equipmentClass() + " " + each.code())
                        .toList())
                .containsExactlyInAnyOrderElementsOf(rows().stream()
                        .map(row -> row.get("class_code") + " " + row.get("indicator_code"))
                        .toList());
    }

    @Test
    void givenARowThenItsIndicatorSaysTheSame() {
        for (Map<String, String> row : rows()) {
            Indicator indicator = CATALOGUE
                    .indicator(row.get("class_code"), row.get("indicator_code"))
                    .orElseThrow();
            assertThat(said(indicator)).as(indicator.code()).isEqualTo(told(row));
        }
    }

    @Test
    void givenARowsLimitsThenItsIndicatorHasThem() {
        for (Map<String, String> row : rows()) {
            Indicator indicator = CATALOGUE
                    .indicator(row.get("class_code"), row.get("indicator_code"))
                    .orElseThrow();
            switch (indicator.kind()) {
                case AI -> analogue(row, indicator);
                case DI ->
                    assertThat(indicator.alarmStates()).as(indicator.code()).isEqualTo(ALARM_STATES.get(row.get("HH")));
                case STATIC ->
                    assertThat(List.of(
                                    indicator.limits() == null,
                                    indicator.alarmStates().isEmpty()))
                            .as(indicator.code())
                            .containsOnly(true);
            }
        }
        assertThat(CATALOGUE.indicator("21", "AL_MODE").orElseThrow().alarmUnless())
                .isEqualTo(1);
        Indicator position = CATALOGUE.indicator("08", "ISO_POS").orElseThrow();
        assertThat(position.differsFrom()).isEqualTo("ISO_CMD");
        assertThat(position.delayOnSeconds()).isEqualTo(60);
    }

    private static void analogue(Map<String, String> row, Indicator indicator) {
        if (BY_KIND.contains(indicator.code())) {
            assertThat(indicator.variants()).as(indicator.code()).isNotEmpty();
            return;
        }
        Thresholds limits = indicator.limits() == null ? Thresholds.NONE : indicator.limits();
        Map<String, Threshold> given = new HashMap<>();
        given.put("LL", limits.ll());
        given.put("L", limits.l());
        given.put("H", limits.h());
        given.put("HH", limits.hh());
        Reference reference = null;
        for (String limit : List.of("LL", "L", "H", "HH")) {
            Threshold expected = threshold(indicator.code(), limit, row.get(limit), reference);
            assertThat(given.get(limit)).as("%s %s", indicator.code(), limit).isEqualTo(expected);
            if (expected instanceof Threshold.Share share) {
                reference = share.of();
            }
        }
    }

    /** @param before what the limit before it is a share of: a bare percentage is of the same */
    private static @Nullable Threshold threshold(String code, String limit, String text, @Nullable Reference before) {
        Threshold inWords = IN_WORDS.get(code + " " + limit + " " + text);
        if (inWords != null) {
            return inWords;
        }
        if (text.isEmpty() || text.equals("—")) {
            return null;
        }
        Matcher number = NUMBER.matcher(text);
        if (number.matches()) {
            return new Threshold.Absolute(Double.parseDouble(number.group(1)));
        }
        Matcher below = BELOW.matcher(text);
        if (below.matches()) {
            return new Threshold.Below(Double.parseDouble(below.group(1)));
        }
        Matcher percent = PERCENT_OF.matcher(text);
        if (percent.matches()) {
            Reference of = percent.group(2) == null ? before : REFERENCES.get(percent.group(2));
            return new Threshold.Share(share(percent.group(1)), Objects.requireNonNull(of, text));
        }
        Matcher times = TIMES.matcher(text);
        if (times.matches()) {
            return times.group(1) != null
                    ? new Threshold.Share(Double.parseDouble(times.group(1)), Reference.DESIGN)
                    : new Threshold.Share(Double.parseDouble(times.group(3)), Reference.LIMIT);
        }
        Matcher beside = BESIDE.matcher(text);
        assertThat(beside.matches()).as("%s %s %s", code, limit, text).isTrue();
        int sign = beside.group(2).equals("+") ? 1 : -1;
        int amount = sign * Integer.parseInt(beside.group(3));
        Reference of = Objects.requireNonNull(REFERENCES.get(beside.group(1)), text);
        return beside.group(4) != null
                ? new Threshold.Share((100 + amount) / 100.0, of)
                : new Threshold.Offset(amount, of);
    }

    private static double share(String percent) {
        return new BigDecimal(percent).movePointLeft(2).doubleValue();
    }

    private static Map<String, String> said(Indicator indicator) {
        return Map.ofEntries(
                Map.entry("name", indicator.zh()),
                Map.entry("kind", indicator.kind().name()),
                Map.entry("unit", indicator.unit()),
                Map.entry("severity", indicator.severity() + " " + indicator.innerSeverity()),
                Map.entry("sample", Integer.toString(indicator.sampleSeconds())),
                Map.entry("bases", indicator.indicatorBasis() + " " + indicator.thresholdBasis()),
                Map.entry("floor", String.valueOf(indicator.floor())),
                Map.entry("states", indicator.states().toString()),
                Map.entry("frozen", String.valueOf(indicator.frozenAfterSeconds())),
                Map.entry("rate", String.valueOf(indicator.rate())),
                Map.entry("gate", indicator.gate() + " " + indicator.lowGate()),
                Map.entry("suppression", indicator.suppression().name()),
                Map.entry("interlock", Boolean.toString(indicator.interlock())));
    }

    private static Map<String, String> told(Map<String, String> row) {
        String severity = row.get("severity");
        String[] gates = row.get("gate").split(";LL,L:");
        String states = row.get("states");
        String floor = row.get("floor");
        String frozen = row.get("frozen_after_s");
        String name = row.get("indicator_name");
        return Map.ofEntries(
                Map.entry("name", name.replace(" (扩展)", "")),
                Map.entry("kind", KINDS.get(row.get("type")).name()),
                Map.entry("unit", row.get("unit")),
                Map.entry(
                        "severity",
                        switch (severity) {
                            case "A(HH)/B(H)" -> Severity.A + " " + Severity.B;
                            case "—" -> Severity.C + " null";
                            default -> severity + " null";
                        }),
                Map.entry("sample", row.get("sample_s")),
                Map.entry("bases", row.get("indicator_basis") + " " + row.get("threshold_basis")),
                Map.entry(
                        "floor",
                        floor.isEmpty() ? "null" : Double.valueOf(floor).toString()),
                Map.entry("states", "[" + states.replace(";", ", ") + "]"),
                Map.entry("frozen", frozen.isEmpty() ? "null" : frozen),
                Map.entry("rate", String.valueOf(rate(row.get("rate")))),
                Map.entry("gate", GATES.get(gates[0]) + " " + (gates.length == 1 ? null : GATES.get(gates[1]))),
                Map.entry("suppression", row.get("topic")),
                Map.entry("interlock", Boolean.toString(row.get("type").equals("DI") && name.contains("联锁"))));
    }

    private static @Nullable Rate rate(String text) {
        if (text.isEmpty()) {
            return null;
        }
        String amount = text.replace("/s", "");
        return amount.endsWith("%")
                ? new Rate(share(amount.replace("%", "")), true)
                : new Rate(Double.parseDouble(amount), false);
    }

    private static List<Map<String, String>> rows() {
        List<List<String>> lines = Shared.lines("domain/indicators.csv").stream()
                .map(DossierCatalogueTest::cells)
                .toList();
        List<String> names = lines.getFirst();
        List<Map<String, String>> rows = new ArrayList<>();
        for (List<String> line : lines.subList(1, lines.size())) {
            Map<String, String> row = new HashMap<>();
            for (int i = 0; i < names.size(); i++) {
                row.put(names.get(i), line.get(i));
            }
            rows.add(row);
        }
        assertThat(rows).hasSizeGreaterThan(100);
        return rows;
    }

    private static List<String> cells(String line) {
        return Stream.of(line.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1))
                .map(cell -> cell.startsWith("\"") ? cell.substring(1, cell.length() - 1) : cell)
                .toList();
    }
}
