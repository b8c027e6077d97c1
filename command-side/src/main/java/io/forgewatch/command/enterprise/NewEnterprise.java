package io.forgewatch.command.enterprise;

import io.forgewatch.event.enterprise.Industry;
import io.forgewatch.event.enterprise.RiskProfile;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The request to register an enterprise.
 *
 * @param creditCode 统一社会信用代码, or left out where it is not known yet
 * @param creditCodeConfirmed true when the licence was looked at and the check digit really does not agree
 */
record NewEnterprise(
        @Schema(description = "GT (steel) or LJ (aluminium), region, four digits of its own", example = "GT3702110001")
        String id,

        @Schema(maxLength = 100, example = "青岛示范钢铁有限公司") String name,

        @Schema(description = "Six digits of GB/T 2260, those within the id", example = "370211")
        String region,

        Industry industry,

        RiskProfile profile,

        @Schema(description = "GB 32100, 18 characters", example = "91370100X6C5WTQL4L") @Nullable
        String creditCode,

        @Schema(description = "Accepts a check digit that does not agree", example = "false") @Nullable
        Boolean creditCodeConfirmed) {}
