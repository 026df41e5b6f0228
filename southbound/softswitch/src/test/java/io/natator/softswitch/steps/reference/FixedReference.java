package io.natator.softswitch.steps.reference;

import io.natator.model.intent.Kind;
import io.natator.model.session.Share;

/** STATIC: addresses keep their host part. Flows of affine ones answer by the share by which they came in. */
final class FixedReference extends ShareReference {
    private final AffineFlows flows;

    FixedReference(SwitchReference all, Share share, AffineFlows flows) {
        super(all, share);
        this.flows = flows;
    }

    @Override
    boolean isStateful() {
        return false;
    }

    @Override
    Outcome toOutside(Flow flow) {
        FixedReference by = share.affine() ? flows.answers(flow, this) : this;
        return new Outcome.Passed(by.source(flow));
    }

    @Override
    Outcome toInside(Flow flow, boolean hairpin) {
        boolean exempt = isExempt(flow.src().address());
        if (exempt || !isOutside(flow.dst().address())) {
            return new Outcome.Passed(flow);
        }
        Flow in = flow.toAddress(Addresses.place(flow.dst().address(), share.inside()));
        if (share.affine()) {
            flows.cameIn(in, this);
        }
        return new Outcome.Passed(in);
    }

    /** A packet from inside, with its outside source. */
    Flow source(Flow flow) {
        boolean changes = isInside(flow.src().address()) && !isExempt(flow.dst().address());
        return changes ? flow.fromAddress(outside(flow.src().address())) : flow;
    }

    private String outside(String inside) {
        return Addresses.place(inside, share.outside().getFirst());
    }

    @Override
    Report errorToOutside(Report error) {
        FixedReference by = share.affine() ? flows.quoted(error.quoted(), this) : this;
        return by.errorOut(error);
    }

    Report errorOut(Report error) {
        Flow quoted = error.quoted();
        boolean ours = isInside(quoted.dst().address());
        if (isExempt(ours ? quoted.src().address() : error.dst())) {
            return error;
        }
        return new Report(
                isInside(error.src()) ? outside(error.src()) : error.src(),
                error.dst(),
                ours ? quoted.toAddress(outside(quoted.dst().address())) : quoted);
    }

    @Override
    Report errorToInside(Report error, boolean hairpin) {
        Flow quoted = error.quoted();
        boolean ours = isOutside(quoted.src().address());
        if (isExempt(ours ? quoted.dst().address() : error.src())) {
            return error;
        }
        return new Report(
                error.src(),
                isOutside(error.dst()) ? Addresses.place(error.dst(), share.inside()) : error.dst(),
                ours ? quoted.fromAddress(Addresses.place(quoted.src().address(), share.inside())) : quoted);
    }

    @Override
    boolean survives(Share to) {
        return to.kind() == Kind.STATIC
                && to.affine() == share.affine()
                && to.inside().isIp4() == share.inside().isIp4();
    }

    @Override
    void change(Share to) {
        share = to;
    }

    @Override
    void expire() {}

    @Override
    long sessions() {
        return flows.of(this);
    }

    @Override
    long ports() {
        return 0;
    }
}
