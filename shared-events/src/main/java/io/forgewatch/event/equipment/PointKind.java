package io.forgewatch.event.equipment;

/** How a point's values come to be. */
public enum PointKind {
    /** Analogue measurement 模拟量. */
    AI,
    /** Discrete state 开关量. */
    DI,
    /** A set value or date 静态; feeds the management part of the risk model, never alarms. */
    STATIC
}
