package io.forgewatch.event.equipment;

import io.forgewatch.event.EventJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The catalogue of equipment classes and indicators 指标目录 (dossier §2), as data: {@code catalogue.json} beside this class.
 * Each row says where it comes from, since the official text can replace it without a release.
 */
public final class Catalogue {

    private static final Catalogue STANDARD = load();

    private final Map<String, EquipmentClass> classes = new LinkedHashMap<>();
    private final Map<String, Unit> units = new HashMap<>();
    private final Map<Key, Indicator> indicators = new LinkedHashMap<>();
    private final Map<String, Indicator> byCode = new HashMap<>();

    /** A code can be in two classes: ROPE is of cranes and of casting pits. */
    private record Key(String equipmentClass, String code) {}

    /** As the data file has it. */
    private record Contents(List<EquipmentClass> classes, List<Unit> units, List<Indicator> indicators) {}

    private Catalogue(Contents contents) {
        contents.classes().forEach(each -> classes.put(each.code(), each));
        contents.units().forEach(unit -> units.put(unit.code(), unit));
        contents.indicators().forEach(this::enter);
    }

    private void enter(Indicator indicator) {
        if (indicators.put(new Key(indicator.equipmentClass(), indicator.code()), indicator) != null) {
            throw new IllegalStateException(indicator.equipmentClass() + " has " + indicator.code() + " twice");
        }
        byCode.putIfAbsent(indicator.code(), indicator);
    }

    public static Catalogue standard() {
        return STANDARD;
    }

    public Collection<EquipmentClass> classes() {
        return classes.values();
    }

    public Optional<EquipmentClass> equipmentClass(String code) {
        return Optional.ofNullable(classes.get(code));
    }

    public Collection<Indicator> indicators() {
        return indicators.values();
    }

    public Optional<Indicator> indicator(String equipmentClass, String code) {
        return Optional.ofNullable(indicators.get(new Key(equipmentClass, code)));
    }

    /**
     * The indicator where the class is not at hand. A code that stands in several classes means the same in each, but for the
     * class that the answer names.
     */
    public Optional<Indicator> indicator(String code) {
        return Optional.ofNullable(byCode.get(code));
    }

    /** How people read a unit: those that are symbols are the same in both languages, and stand in no list. */
    public Unit unit(String code) {
        return units.getOrDefault(code, new Unit(code, code, code));
    }

    /** The span of an indicator whose limits can't tell it, or null. */
    @Nullable
    Range span(String code) {
        Indicator indicator = byCode.get(code);
        return indicator == null || indicator.span().isEmpty()
                ? null
                : new Range(indicator.span().getFirst(), indicator.span().getLast());
    }

    /** Resolves a point of a device of the class: typed limits to numbers, by the values that the device brings along. */
    public PointResolution resolve(String equipmentClass, PointRatings ratings) {
        Indicator known = byCode.get(ratings.indicator());
        if (known == null) {
            return new PointResolution.Refused(
                    ratings.indicator(),
                    "unknown-indicator",
                    "indicator",
                    "目录中没有指标 " + ratings.indicator(),
                    "The catalogue has no indicator " + ratings.indicator());
        }
        Indicator indicator = indicators.get(new Key(equipmentClass, ratings.indicator()));
        if (indicator == null) {
            return new PointResolution.Refused(
                    ratings.indicator(),
                    "foreign-indicator",
                    "indicator",
                    "指标 " + ratings.indicator() + " 属于设备类型 " + known.equipmentClass(),
                    "Indicator " + ratings.indicator() + " belongs to class " + known.equipmentClass());
        }
        return new PointResolver(indicator, unit(indicator.unit()), ratings).resolve();
    }

    private static Catalogue load() {
        try (InputStream json =
                Objects.requireNonNull(Catalogue.class.getResourceAsStream("catalogue.json"), "catalogue.json")) {
            return new Catalogue(EventJson.MAPPER.readValue(json, Contents.class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
