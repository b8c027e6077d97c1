package io.forgewatch.command.warning;

/** To whom an unanswered warning rises, from near to far. */
public enum Tier {
    COUNTY,
    CITY,
    PROVINCE,
    MINISTRY
}
