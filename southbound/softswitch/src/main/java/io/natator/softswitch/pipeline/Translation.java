package io.natator.softswitch.pipeline;

import io.natator.model.session.Share.Direction;
import io.natator.softswitch.frame.Frame;
import io.natator.softswitch.frame.Headers;

/** What translates packets with state: {@link io.natator.softswitch.steps.Translator}, or who only tells of it. */
interface Translation {
    /** Returns one of {@link io.natator.softswitch.steps.Verdict}. */
    int translate(Frame frame, Headers headers, long[] key, int share, Direction direction, long now);
}
