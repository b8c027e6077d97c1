package io.forgewatch.event.enterprise;

/** 行业. */
public enum Industry {
    /** 钢铁; enterprise ids begin with GT. */
    STEEL("GT"),
    /** 铝加工（深井铸造）; enterprise ids begin with LJ. */
    ALUMINIUM("LJ");

    private final String prefix;

    Industry(String prefix) {
        this.prefix = prefix;
    }

    public String prefix() {
        return prefix;
    }
}
