package io.forgewatch.query.projection;

import io.forgewatch.event.identity.Role;
import io.forgewatch.web.Caller;
import io.forgewatch.web.Problem;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** How the views stand, for those who operate the system. */
@RestController
@Tag(name = "projections", description = "How the views stand 视图投影")
class ProjectionController {

    private final Projections projections;

    /** Every view. */
    record ProjectionList(List<ViewReport> items) {}

    ProjectionController(Projections projections) {
        this.projections = projections;
    }

    @GetMapping("/projections")
    @Operation(
            summary = "How every view stands: position, parked enterprises, rebuild, drift 视图投影状态",
            description = "For the ministry's accounts.")
    @ApiResponse(
            responseCode = "200",
            description = "Every view by name",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = ProjectionList.class),
                            examples = @ExampleObject("""
                                            {"items": [{"name": "warnings", "version": 2, "build": 0, "position": 4711, \
                                            "stopped": null, "trouble": null, "parked": [], "building": null, "givenUp": null, \
                                            "drift": []}]}""")))
    Mono<ProjectionList> listProjections(Caller caller) {
        caller.mustBe(Role.MINISTRY);
        return Mono.just(new ProjectionList(projections.reports()));
    }

    @PostMapping("/projections/{name}/rebuild")
    @ResponseStatus(HttpStatus.ACCEPTED)
    @Operation(
            summary = "Build a view anew from its events 重建视图",
            description =
                    "It is built beside the one that is read, and takes over when it is as far; `GET /projections`"
                            + " tells how far it is. Enterprises that were parked get all their events again. While one is being"
                            + " built a repetition changes nothing; one that stopped is replaced. Where the copy of the events was"
                            + " written anew (`POST /relay/rebuild` of the command side), wait until `GET /relay` there tells as"
                            + " many `copied` as `events`: a view that has stopped is replaced by what ends earlier once nothing"
                            + " more comes for two seconds. For the ministry's accounts.")
    @ApiResponse(responseCode = "202", description = "It is being built")
    Mono<ViewReport> rebuildProjection(
            Caller caller,
            @Parameter(description = "The view's name 视图名", example = "warnings") @PathVariable String name) {
        caller.mustBe(Role.MINISTRY);
        return projections.rebuild(name).switchIfEmpty(Mono.error(Problem::notFound));
    }
}
