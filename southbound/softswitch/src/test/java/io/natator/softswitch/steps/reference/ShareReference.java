package io.natator.softswitch.steps.reference;

import io.natator.model.session.Share;

/** One share. */
abstract class ShareReference {
    final SwitchReference all;
    Share share;

    ShareReference(SwitchReference all, Share share) {
        this.all = all;
        this.share = share;
    }

    /** A packet whose sender is inside. */
    abstract Outcome toOutside(Flow flow);

    /**
     * A packet to an outside address.
     *
     * @param hairpin its source was translated already
     */
    abstract Outcome toInside(Flow flow, boolean hairpin);

    /** What an error from inside becomes; null if it is dropped. */
    abstract Report errorToOutside(Report error);

    /** What an error to an outside address becomes; null if it is dropped. */
    abstract Report errorToInside(Report error, boolean hairpin);

    /** Whether its state can outlive a change. */
    abstract boolean survives(Share to);

    /** Another configuration: what is no longer legal goes. */
    abstract void change(Share to);

    /** Time went on. */
    abstract void expire();

    abstract long sessions();

    abstract long ports();

    /** True if what it does to a packet depends on those before. */
    abstract boolean isStateful();

    boolean isInside(String address) {
        return Addresses.holds(share.inside(), address);
    }

    boolean isOutside(String address) {
        return Addresses.holds(share.outside(), address);
    }

    boolean isExempt(String address) {
        return Addresses.holds(share.exempt(), address);
    }
}
