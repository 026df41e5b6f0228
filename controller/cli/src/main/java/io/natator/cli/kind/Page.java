package io.natator.cli.kind;

import java.util.List;

/**
 * One answer to List.
 *
 * @param nextToken empty at the end
 */
public record Page<M>(List<M> resources, String nextToken) {}
