package io.forgewatch.command.web;

import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.responses.ApiResponses;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The errors that a command can answer with beside those of every operation, for the specification. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@ApiResponses({
    @ApiResponse(responseCode = "404", description = "not-found: nothing there, or outside the caller's jurisdiction"),
    @ApiResponse(responseCode = "409", description = "Not in this state; the code says why"),
    @ApiResponse(
            responseCode = "422",
            description =
                    "It contradicts itself or the catalogue, or (idempotency-conflict) the key is of another request")
})
public @interface CommandErrors {}
