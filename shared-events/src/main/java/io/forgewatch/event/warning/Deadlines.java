package io.forgewatch.event.warning;

import java.time.Instant;

/** Until when a warning must be signed 签收, first answered 首次反馈 and dealt with 处置完成 (dossier §5). */
public record Deadlines(Instant sign, Instant feedback, Instant resolve) {}
