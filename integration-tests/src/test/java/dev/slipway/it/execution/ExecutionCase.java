package dev.slipway.it.execution;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * One Dockerfile and what it must give.
 *
 * @param images names of images that are built first, with their Dockerfiles
 * @param files the build context
 * @param prepare a shell script that makes the rest of the context
 * @param options of the build
 * @param output lines of RUN, in order
 * @param warnings fragments
 * @param onlyWarnings whether no other may come
 */
record ExecutionCase(
        String name,
        String dockerfile,
        Map<String, String> images,
        Map<String, String> files,
        String prepare,
        List<String> options,
        Expected expected,
        List<String> output,
        List<String> warnings,
        boolean onlyWarnings,
        Peer peer) {

    sealed interface Expected {}

    /**
     * @param tree what differs from the base's tree
     * @param config what differs from the base's configuration, by name
     * @param history the lines after the base's, {@code + } before one that has a layer, {@code - } before one that has
     *     none
     */
    record Image(List<TreeLine> tree, Map<String, JsonNode> config, List<String> history) implements Expected {}

    /**
     * @param status exit status
     * @param fragments of the message
     */
    record Refusal(int status, List<String> fragments) implements Expected {}

    /**
     * What the peer does.
     *
     * @param outcome {@code cannot parse}, {@code cannot build}, {@code accepts} or {@code not asked}; empty where it
     *     builds as we do
     * @param why the whole note
     * @param tree what it gives instead, by path; empty for nothing
     * @param config what it gives instead, by name; empty for nothing
     */
    record Peer(String outcome, String why, Map<String, String> tree, Map<String, String> config) {
        static final Peer AGREES = new Peer("", "", Map.of(), Map.of());
    }
}
