package io.forgewatch.event.equipment;

import io.forgewatch.event.EventJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The catalogue of equipment classes and indicators 指标目录 (dossier §2), as data: {@code catalogue.json} beside this class.
 * Each row says where it comes from, since the official text can replace it without a release.
 */
public final class Catalogue {

    private static final Catalogue STANDARD = load();

    private final Map<String, EquipmentClass> classes = new LinkedHashMap<>();
    private final Map<String, Indicator> indicators = new LinkedHashMap<>();

    /** As the data file has it. */
    private record Contents(List<EquipmentClass> classes, List<Indicator> indicators) {}

    private Catalogue(Contents contents) {
        contents.classes().forEach(each -> classes.put(each.code(), each));
        contents.indicators().forEach(each -> indicators.put(each.code(), each));
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

    public Optional<Indicator> indicator(String code) {
        return Optional.ofNullable(indicators.get(code));
    }

    /** Resolves a point of a device of the class: typed limits to numbers, by the values that the device brings along. */
    public PointResolution resolve(String equipmentClass, PointRatings ratings) {
        Indicator indicator = indicators.get(ratings.indicator());
        if (indicator == null) {
            return new PointResolution.Refused(
                    ratings.indicator(),
                    "unknown-indicator",
                    "indicator",
                    "目录中没有指标 " + ratings.indicator(),
                    "The catalogue has no indicator " + ratings.indicator());
        }
        if (!indicator.equipmentClass().equals(equipmentClass)) {
            return new PointResolution.Refused(
                    ratings.indicator(),
                    "foreign-indicator",
                    "indicator",
                    "指标 " + ratings.indicator() + " 属于设备类型 " + indicator.equipmentClass(),
                    "Indicator " + ratings.indicator() + " belongs to class " + indicator.equipmentClass());
        }
        return new PointResolver(indicator, ratings).resolve();
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
