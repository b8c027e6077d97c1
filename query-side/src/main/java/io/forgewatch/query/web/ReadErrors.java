package io.forgewatch.query.web;

import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The error answers that every read can give, for the specification. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ApiResponse(responseCode = "200", description = "What was found within your jurisdiction")
@ApiResponse(
        responseCode = "400",
        description = "invalid-parameter: a query parameter, cursor or header is not known or has no such value",
        content = @Content(mediaType = "application/problem+json", examples = @ExampleObject("""
                                        {"type":"/problems/invalid-parameter","title":"Bad Request","status":400,\
                                        "detail":"A whole number from 1 to 500.","code":"invalid-parameter",\
                                        "traceId":"4bf92f3577b34da6a3ce929d0e0e4736",\
                                        "errors":[{"pointer":"#/limit","code":"invalid-parameter",\
                                        "detail":"A whole number from 1 to 500."}]}""")))
@ApiResponse(
        responseCode = "401",
        description = "token-missing, token-invalid or token-expired",
        content = @Content(mediaType = "application/problem+json"))
@ApiResponse(
        responseCode = "404",
        description = "not-found: there is no such thing, or it is outside your jurisdiction",
        content = @Content(mediaType = "application/problem+json"))
@ApiResponse(
        responseCode = "429",
        description = "too-many-requests: the account waits more than 20 times at once for a Forgewatch-Position",
        content = @Content(mediaType = "application/problem+json"))
@ApiResponse(
        responseCode = "503",
        description = "view-building: what is read here is being built for the first time; or unavailable",
        content = @Content(mediaType = "application/problem+json"))
@ApiResponse(
        responseCode = "504",
        description = "position-not-reached: what is read here did not reach the named Forgewatch-Position within 2 s",
        content = @Content(mediaType = "application/problem+json"))
public @interface ReadErrors {}
