package io.natator.softswitch.steps.reference;

import io.natator.model.session.Share;
import io.natator.softswitch.count.Count;

/** DYNAMIC and NAPT: for which packets a session is looked, and what becomes of the others. */
abstract class StatefulReference extends ShareReference {
    StatefulReference(SwitchReference all, Share share) {
        super(all, share);
    }

    @Override
    final boolean isStateful() {
        return true;
    }

    /** What a session makes of a packet of an inside host. */
    abstract Outcome sessionOut(Flow flow);

    /**
     * What a session makes of a packet to an outside address.
     *
     * @param from the share whose inside host sent it, not translated yet; null if none did
     */
    abstract Outcome sessionIn(Flow flow, ShareReference from);

    /** What a session makes of an error from inside; null if there is none. */
    abstract Report quotedOut(Report error);

    /** What a session makes of an error to an outside address; null if there is none. */
    abstract Report quotedIn(Report error, ShareReference from);

    @Override
    Outcome toOutside(Flow flow) {
        String host = flow.src().address();
        if (isExempt(flow.dst().address())) {
            return new Outcome.Passed(flow);
        }
        if (!isInside(host)) {
            return refused(Count.TRANSLATE_NOT_INSIDE);
        }
        return host.equals(flow.dst().address()) ? refused(Count.TRANSLATE_LAND) : sessionOut(flow);
    }

    @Override
    final Outcome toInside(Flow flow, boolean hairpin) {
        if (!hairpin && isExempt(flow.src().address())) {
            return new Outcome.Passed(flow);
        }
        if (isLand(flow, hairpin)) {
            return refused(Count.TRANSLATE_LAND);
        }
        return sessionIn(flow, from(flow.src().address(), hairpin));
    }

    @Override
    Report errorToOutside(Report error) {
        return isExempt(error.dst()) ? error : quotedOut(error);
    }

    @Override
    final Report errorToInside(Report error, boolean hairpin) {
        return !hairpin && isExempt(error.src()) ? error : quotedIn(error, from(error.src(), hairpin));
    }

    private ShareReference from(String sender, boolean hairpin) {
        return hairpin ? null : all.byInside(sender);
    }

    /** Whom a packet would be sent to seems to have sent it. */
    private boolean isLand(Flow flow, boolean hairpin) {
        boolean same = flow.src().address().equals(flow.dst().address());
        if (!hairpin) {
            return same || isOutside(flow.src().address());
        }
        return same && !(flow.hasPorts() && flow.src().port() != flow.dst().port());
    }

    static Outcome refused(Count why) {
        return new Outcome.Refused(why);
    }
}
