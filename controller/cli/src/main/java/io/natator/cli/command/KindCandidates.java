package io.natator.cli.command;

import io.natator.cli.kind.Kind;
import io.natator.cli.kind.Kinds;
import java.util.Iterator;

/** Kinds, for shell completion. */
final class KindCandidates implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
        return Kinds.ALL.stream().<String>map(Kind::plural).iterator();
    }
}
