package io.forgewatch.command.web;

import io.forgewatch.web.ProblemAnswers;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.responses.ApiResponses;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The error answers that every command can give, for the specification. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@ApiResponses({
    @ApiResponse(
            responseCode = "400",
            description = "Malformed JSON, an unknown field or a value that can't be right",
            content =
                    @Content(
                            mediaType = "application/problem+json",
                            schema = @Schema(implementation = ProblemAnswers.Body.class))),
    @ApiResponse(
            responseCode = "401",
            description = "No token, or one that is not valid",
            content =
                    @Content(
                            mediaType = "application/problem+json",
                            schema = @Schema(implementation = ProblemAnswers.Body.class))),
    @ApiResponse(
            responseCode = "403",
            description = "Not by this role",
            content =
                    @Content(
                            mediaType = "application/problem+json",
                            schema = @Schema(implementation = ProblemAnswers.Body.class))),
    @ApiResponse(
            responseCode = "404",
            description = "Nothing there, or outside the caller's jurisdiction",
            content =
                    @Content(
                            mediaType = "application/problem+json",
                            schema = @Schema(implementation = ProblemAnswers.Body.class))),
    @ApiResponse(
            responseCode = "409",
            description = "Not in this state",
            content =
                    @Content(
                            mediaType = "application/problem+json",
                            schema = @Schema(implementation = ProblemAnswers.Body.class))),
    @ApiResponse(
            responseCode = "422",
            description =
                    "The request contradicts itself or the catalogue, or the idempotency key is of another request",
            content =
                    @Content(
                            mediaType = "application/problem+json",
                            schema = @Schema(implementation = ProblemAnswers.Body.class)))
})
public @interface CommandErrors {}
