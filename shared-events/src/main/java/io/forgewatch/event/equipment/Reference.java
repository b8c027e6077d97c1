package io.forgewatch.event.equipment;

/** What a limit can be a share of or lie beside: values that each device brings along. */
public enum Reference {
    /** 额定. */
    RATED,
    /** 设定，工艺设定. */
    SET,
    /** 设计. */
    DESIGN,
    /** 限值，报废值: the discard limit of a rope, the life of a lining. */
    LIMIT
}
