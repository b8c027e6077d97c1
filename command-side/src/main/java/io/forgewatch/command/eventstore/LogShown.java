package io.forgewatch.command.eventstore;

/**
 * The transparency log for those who are shown it: on the connections of those who look back, so that none of them keeps the sealer
 * from one.
 */
public record LogShown(LogLeaves leaves, LogTiles tiles) {

    static LogShown on(Database database, GroupCommit commits) {
        Reads reads = database.of(Work.LOOKING_BACK);
        return new LogShown(new LogLeaves(reads, database, commits), new LogTiles(reads, database));
    }
}
