package io.forgewatch.event.enterprise;

/** What kind of works it is, as the risk model weighs it (dossier §4: factor k). The factors are data of the model. */
public enum RiskProfile {
    /** 短流程. */
    STEEL_SHORT(Industry.STEEL),
    /** 长流程. */
    STEEL_LONG(Industry.STEEL),
    /** 长流程有煤气柜. */
    STEEL_LONG_GASHOLDER(Industry.STEEL),
    /** 铝，钢丝绳卷扬固定炉. */
    ALUMINIUM_ROPE_FIXED_FURNACE(Industry.ALUMINIUM),
    /** 铝，其他. */
    ALUMINIUM_OTHER(Industry.ALUMINIUM);

    private final Industry industry;

    RiskProfile(Industry industry) {
        this.industry = industry;
    }

    public Industry industry() {
        return industry;
    }
}
