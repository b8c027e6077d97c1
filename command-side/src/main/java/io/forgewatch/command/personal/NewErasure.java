package io.forgewatch.command.personal;

import io.swagger.v3.oas.annotations.media.Schema;

/** The request to erase personal data 删除个人信息. */
record NewErasure(
        @Schema(
                description = "account: the name shown for it; enterprise: the people that its answers name",
                allowableValues = {"account", "enterprise"},
                example = "enterprise")
        String kind,

        @Schema(description = "The username, or the enterprise's id", example = "GT3702110001")
        String id,

        @Schema(description = "Kept for ever: without names", maxLength = 1000, example = "当事人依法申请删除")
        String reason) {}
