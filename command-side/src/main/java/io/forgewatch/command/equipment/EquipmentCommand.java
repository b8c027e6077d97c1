package io.forgewatch.command.equipment;

import io.forgewatch.command.decision.Command;
import io.forgewatch.command.decision.CommandName;
import io.forgewatch.event.equipment.DeviceId;
import io.forgewatch.event.equipment.PointRatings;
import io.forgewatch.event.equipment.Range;
import java.time.Instant;
import java.util.List;

/** What can be asked of a device 设备设施. */
public sealed interface EquipmentCommand extends Command {

    DeviceId device();

    /**
     * Registers a device with its monitoring points; the class is the one within the id, the limits follow from the catalogue.
     *
     * @param area where in the works it stands
     * @param indicators at least one; each code once, of the device's class
     */
    @CommandName("RegisterDevice")
    record RegisterDevice(DeviceId device, String name, String area, List<PointRatings> indicators, Instant at)
            implements EquipmentCommand {
        public RegisterDevice {
            indicators = List.copyOf(indicators);
        }
    }

    /**
     * Tells the range of a point's transmitter 量程.
     *
     * @param byAuthority whether an authority tells it, which may also make it narrower
     * @param by the account that tells it
     */
    @CommandName("SetPointRange")
    record SetPointRange(DeviceId device, String indicator, Range range, boolean byAuthority, String by, Instant at)
            implements EquipmentCommand {}
}
