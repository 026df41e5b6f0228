package io.natator.softswitch.steps.reference;

import io.natator.model.session.Share;
import io.natator.softswitch.count.Count;

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

    boolean isStateful() {
        return true;
    }

    boolean isInside(String address) {
        return Addresses.holds(share.inside(), address);
    }

    boolean isOutside(String address) {
        return Addresses.holds(share.outside(), address);
    }

    boolean isExempt(String address) {
        return Addresses.holds(share.exempt(), address);
    }

    /** What becomes of a packet from inside that is not to be translated; null if it is. */
    Outcome notOurs(Flow flow) {
        String host = flow.src().address();
        if (isExempt(flow.dst().address())) {
            return new Outcome.Passed(flow);
        }
        if (!isInside(host)) {
            return refused(Count.TRANSLATE_NOT_INSIDE);
        }
        return host.equals(flow.dst().address()) ? refused(Count.TRANSLATE_LAND) : null;
    }

    /** What becomes of a packet to an outside address for which no session is looked; null if one is. */
    Outcome notOurs(Flow flow, boolean hairpin) {
        if (!hairpin && isExempt(flow.src().address())) {
            return new Outcome.Passed(flow);
        }
        return isLand(flow, hairpin) ? refused(Count.TRANSLATE_LAND) : null;
    }

    /** Whom a packet would be sent to seems to have sent it. */
    private boolean isLand(Flow flow, boolean hairpin) {
        boolean same = flow.src().address().equals(flow.dst().address());
        if (!hairpin) {
            return same || isOutside(flow.src().address());
        }
        return same && !(flow.hasPorts() && flow.src().port() != flow.dst().port());
    }

    /** The share whose inside host speaks to an outside address; null if none does, or it was translated already. */
    ShareReference insider(String sender, boolean hairpin) {
        return hairpin ? null : all.byInside(sender);
    }

    static Outcome refused(Count why) {
        return new Outcome.Refused(why);
    }
}
