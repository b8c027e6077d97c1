package io.forgewatch.event.risk;

/** 风险等级, from low to high. */
public enum RiskLevel {
    /** 蓝: low or normal, shown and not pushed. */
    BLUE,
    /** 黄. */
    YELLOW,
    /** 橙. */
    ORANGE,
    /** 红. */
    RED;

    public boolean above(RiskLevel other) {
        return compareTo(other) > 0;
    }
}
