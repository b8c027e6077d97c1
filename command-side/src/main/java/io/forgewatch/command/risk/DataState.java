package io.forgewatch.command.risk;

import java.math.BigDecimal;

/**
 * How an enterprise's data come in: the data part Q of the index.
 *
 * @param offlineMinutes minutes without any live point
 * @param qualityPercent7d share of good readings over 7 days
 */
public record DataState(int offlineMinutes, BigDecimal qualityPercent7d) {}
