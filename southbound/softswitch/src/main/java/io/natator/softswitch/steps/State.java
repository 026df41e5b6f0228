package io.natator.softswitch.steps;

import io.natator.model.session.Share;
import java.util.List;
import org.onlab.packet.IpPrefix;

/** A share as the steps use it. */
final class State {
    final Share share;
    final Block inside;
    final Block[] outside;
    final Block[] exempt;

    State(Share share) {
        this.share = share;
        inside = new Block(share.inside());
        outside = blocks(share.outside());
        exempt = blocks(share.exempt());
    }

    private static Block[] blocks(List<IpPrefix> prefixes) {
        return prefixes.stream().map(Block::new).toArray(Block[]::new);
    }
}
