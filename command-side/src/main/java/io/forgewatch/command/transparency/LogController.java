package io.forgewatch.command.transparency;

import io.forgewatch.command.eventstore.LogShown;
import io.forgewatch.command.transparency.TransparencyLog.Published;
import io.forgewatch.command.web.LookingBack;
import io.forgewatch.event.identity.Jurisdiction;
import io.forgewatch.event.identity.Role;
import io.forgewatch.log.EntryBundle;
import io.forgewatch.log.LogFormatException;
import io.forgewatch.log.Tile;
import io.forgewatch.web.Caller;
import io.forgewatch.web.Problem;
import io.forgewatch.web.Refusals;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.ExampleObject;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Mono;

/** The log as C2SP tlog-tiles: checkpoint, tiles, entries and keys of the current epoch. */
@RestController
@Tag(name = "log", description = "The proof that no event was changed 透明日志")
class LogController {

    private static final String TEXT = "text/plain;charset=utf-8";
    private static final String NOTE = """
            forgewatch.local/log/1
            4711
            47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=

            — forgewatch.local/log/1 6bQ2kQ…
            — forgewatch.local/log/1 0Hc8Gw…
            """;
    private static final String KEYS = """
            forgewatch.local/log/1+e9b43691+AZ…
            forgewatch.local/log/1+d0773c1b+/2…
            """;
    private static final CacheControl FOR_GOOD =
            CacheControl.maxAge(Duration.ofDays(365)).cachePrivate().immutable();
    private static final CacheControl ASK_AGAIN = CacheControl.noCache().cachePrivate();

    private final TransparencyLog log;
    private final Checkpoints checkpoints;
    private final LogShown shown;
    private final LogKeys keys;
    private final LookingBack looking;

    LogController(TransparencyLog log, Checkpoints checkpoints, LogShown shown, LogKeys keys, LookingBack looking) {
        this.log = log;
        this.checkpoints = checkpoints;
        this.shown = shown;
        this.keys = keys;
        this.looking = looking;
    }

    @GetMapping(path = "/log/checkpoint", produces = TEXT)
    @Operation(
            summary = "The last checkpoint 最新检查点",
            description =
                    "A C2SP signed note: origin, size and root, signed with Ed25519 and with SM2/SM3. For every account.")
    @ApiResponse(
            responseCode = "200",
            description = "The note's text",
            content = @Content(mediaType = TEXT, schema = @Schema(type = "string"), examples = @ExampleObject(NOTE)))
    @Refusals(
            value = {"log-departed", "log-not-sealed"},
            forbids = false)
    ResponseEntity<String> getLogCheckpoint() {
        return text(log.mustBePublished().checkpoint().note());
    }

    @PostMapping(path = "/log/checkpoints", produces = TEXT)
    @Operation(
            summary = "Sign a checkpoint of all that is stored now 立即签发检查点",
            description =
                    "By auditors and the ministry; otherwise one is signed every minute in which events came. With nothing new"
                            + " it is the last one again.")
    @ApiResponse(
            responseCode = "200",
            description = "The note's text, published now",
            content = @Content(mediaType = TEXT, schema = @Schema(type = "string"), examples = @ExampleObject(NOTE)))
    @Refusals({"log-departed", "log-not-sealed", "too-many-requests"})
    Mono<ResponseEntity<String>> signLogCheckpoint(@Parameter(hidden = true) Caller caller) {
        caller.mustBe(Role.AUDITOR, Role.MINISTRY);
        return looking.page(
                caller,
                checkpoints
                        .cut(log.mustExtend())
                        .doOnNext(log::publish)
                        .then(Mono.fromCallable(
                                () -> text(log.mustBePublished().checkpoint().note()))));
    }

    @GetMapping(path = "/log/keys", produces = TEXT)
    @Operation(
            summary = "The keys that verify checkpoints 检查点验证公钥",
            description =
                    "Note verifier keys, one a line: Ed25519, then SM2/SM3. Compare them with those you were given.")
    @ApiResponse(
            responseCode = "200",
            description = "Two lines",
            content = @Content(mediaType = TEXT, schema = @Schema(type = "string"), examples = @ExampleObject(KEYS)))
    @Refusals(
            value = {},
            forbids = false)
    ResponseEntity<String> listLogKeys() {
        int epoch = log.state().orElseThrow(() -> Problem.unavailable(1)).epoch();
        return text(keys.text(epoch));
    }

    @GetMapping(path = "/log/tile/{level}/{*path}", produces = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    @Operation(
            summary = "A tile of hashes 哈希瓦片",
            description = "By C2SP tlog-tiles, such as 0/x001/234 or, with fewer than 256 hashes,"
                    + " 0/x001/234.p/17. Its slashes may be sent as they are or as %2F.")
    @ApiResponse(responseCode = "200", description = "32 bytes a hash; a full tile never changes")
    @Refusals(
            value = {"log-departed", "log-not-sealed", "too-many-requests"},
            forbids = false)
    Mono<ResponseEntity<byte[]>> getLogTile(
            @Parameter(
                            description = "Level of the tile 瓦片层级",
                            example = "0",
                            schema = @Schema(type = "integer", minimum = "0", maximum = "63"))
                    @PathVariable
                    String level,
            @Parameter(description = "Number of the tile, with .p and width where it is not full 瓦片序号", example = "000")
                    @PathVariable
                    String path,
            @Parameter(hidden = true) Caller caller) {
        Published published = log.mustBePublished();
        Tile tile = existing(
                () -> Tile.parse("tile/" + level + path),
                known -> known.existsIn(published.tree().size()));
        return looking.tile(caller, published.tree().tile(tile).map(found -> bytes(tile.isFull(), found.bytes())));
    }

    @GetMapping(path = "/log/tile/entries/{*path}", produces = MediaType.APPLICATION_OCTET_STREAM_VALUE)
    @Operation(
            summary = "A bundle of entries 日志条目",
            description =
                    "By auditors of the whole country: up to 256 entries, each behind its length in two bytes. An entry has"
                            + " hashes of what happened, not what happened. Slashes in the path may be sent as they are or as %2F.")
    @ApiResponse(responseCode = "200", description = "The entries in order; a full bundle never changes")
    @Refusals({"log-departed", "log-not-sealed", "too-many-requests"})
    Mono<ResponseEntity<byte[]>> getLogEntries(
            @Parameter(description = "Number of the tile, with .p and width where it is not full 瓦片序号", example = "000")
                    @PathVariable
                    String path,
            @Parameter(hidden = true) Caller caller) {
        caller.mustBe(Role.AUDITOR);
        if (!(caller.jurisdiction() instanceof Jurisdiction.Nation)) {
            throw Problem.forbidden();
        }
        Published published = log.mustBePublished();
        EntryBundle bundle = existing(
                () -> EntryBundle.parse("tile/entries" + path),
                known -> known.existsIn(published.tree().size()));
        return looking.tile(
                caller,
                shown.leaves()
                        .entries(bundle.index() * Tile.FULL, bundle.width())
                        .collectList()
                        .map(entries -> bytes(bundle.width() == Tile.FULL, EntryBundle.encode(entries))));
    }

    /** What has not the one form of such a path is not there, nor is what no checkpoint covers yet. */
    private static <T> T existing(Supplier<T> parsed, Predicate<T> exists) {
        try {
            T place = parsed.get();
            if (exists.test(place)) {
                return place;
            }
        } catch (LogFormatException formless) {
            throw Problem.notFound();
        }
        throw Problem.notFound();
    }

    private static ResponseEntity<String> text(String text) {
        return ResponseEntity.ok().cacheControl(ASK_AGAIN).body(text);
    }

    /** A partial tile is as true for ever, but a full one takes its place soon. */
    private static ResponseEntity<byte[]> bytes(boolean full, byte[] bytes) {
        return ResponseEntity.ok().cacheControl(full ? FOR_GOOD : ASK_AGAIN).body(bytes);
    }
}
