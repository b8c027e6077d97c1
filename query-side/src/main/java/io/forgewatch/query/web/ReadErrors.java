package io.forgewatch.query.web;

import io.forgewatch.web.Refusals;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What every read takes and may be refused with, for the specification. None asks for a role. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ApiResponse(responseCode = "200", description = "What was found within your jurisdiction")
@Parameter(
        name = PositionFilter.HEADER,
        in = ParameterIn.HEADER,
        description =
                "As a command's answer named it: the answer waits, 2 s at most, until what is read here has the events up"
                        + " to it",
        schema = @Schema(type = "integer", format = "int64", minimum = "0"),
        example = "4711")
@Refusals(
        value = {"invalid-parameter", "position-not-reached", "too-many-requests", "view-building"},
        forbids = false)
public @interface ReadErrors {}
