package io.forgewatch.command.web;

/**
 * For the specification: the answer to a command that has nothing more to tell.
 *
 * @param id of what the command was about
 */
public record Identified(String id) {}
