package io.natator.openflow.experimenter;

import io.natator.model.session.Binding;
import io.natator.model.session.BindingRound;
import io.natator.model.session.BindingRound.Busy;
import io.natator.model.session.BindingRound.Held;

/** Bindings whose work rules of devices do, as octets. */
final class BindingCodec {
    private static final int MOST_SHARES = 1000;

    private BindingCodec() {}

    static void write(Output out, BindingRound round) {
        out.i64(round.number()).i32(round.most());
        out.list(round.open(), out::i32);
        out.list(round.held(), h -> write(out, h.binding()).duration(h.unused()).duration(h.hold()));
    }

    static BindingRound round(Input in) {
        long number = in.i64();
        int most = in.number(0, BindingRound.MOST, "the number of bindings");
        return new BindingRound(
                number,
                in.list(MOST_SHARES, in::i32),
                in.list(BindingRound.MOST, () -> new Held(binding(in), in.duration(), in.duration())),
                most);
    }

    static Output write(Output out, Binding binding) {
        return out.i32(binding.share()).address(binding.inside()).address(binding.outside());
    }

    static Binding binding(Input in) {
        return new Binding(in.i32(), in.address(), in.address());
    }

    static Output write(Output out, Busy busy) {
        return write(out, busy.binding()).i64(busy.packets());
    }

    static Busy busy(Input in) {
        return new Busy(binding(in), in.i64());
    }
}
