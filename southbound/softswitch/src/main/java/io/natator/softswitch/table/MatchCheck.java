package io.natator.softswitch.table;

import io.natator.softswitch.flow.ErrorType;
import io.natator.softswitch.flow.Field;
import io.natator.softswitch.flow.Key;
import io.natator.softswitch.flow.Match;
import io.natator.softswitch.flow.Profile;
import io.natator.softswitch.flow.Refused;
import java.util.Arrays;

/** Whether a match is one that OpenFlow and the profile allow (OpenFlow 1.3.5, section 7.2.3). */
final class MatchCheck {
    private static final Field[] FIELDS = Field.values();

    private final Profile profile;
    private final long[] covered = new long[Key.WORDS];

    MatchCheck(Profile profile) {
        this.profile = profile;
    }

    void check(Match match, Shape shape) throws Refused {
        Arrays.fill(covered, 0);
        covered[Key.FRAGMENT] = Key.NO_TRANSPORT; // asked for by matches of ports
        for (Field field : FIELDS) {
            long mask = Key.get(match.mask(), field);
            long maskHigh = Key.high(match.mask(), field);
            if ((mask | maskHigh) != 0 && shape.has(field.prerequisite())) {
                check(field, mask == field.ones() && (!field.wide() || maskHigh == -1L));
                cover(field);
            }
        }
        for (int i = 0; i < Key.WORDS; i++) {
            if ((match.mask()[i] & ~covered[i]) != 0) {
                throw new Refused(
                        ErrorType.BAD_MATCH_BAD_PREREQ, "the match lacks what " + missing(match, i) + " needs");
            }
            if ((match.value()[i] & ~match.mask()[i]) != 0) {
                throw new Refused(ErrorType.BAD_MATCH_BAD_WILDCARDS, "the match has values where its mask is zero");
            }
        }
    }

    private void check(Field field, boolean whole) throws Refused {
        if (!profile.matches().contains(field)) {
            throw new Refused(ErrorType.BAD_MATCH_BAD_FIELD, field + " cannot be matched");
        }
        if (!whole && !profile.masks().contains(field)) {
            throw new Refused(ErrorType.BAD_MATCH_BAD_MASK, field + " cannot be matched under a mask");
        }
    }

    private void cover(Field field) {
        if (field.wide()) {
            covered[field.word()] = -1L;
            covered[field.word() + 1] = -1L;
        } else {
            covered[field.word()] |= field.ones() << field.shift();
        }
    }

    private String missing(Match match, int word) {
        for (Field field : FIELDS) {
            boolean touched = field.wide()
                    ? word == field.word() || word == field.word() + 1
                    : word == field.word() && (Key.get(match.mask(), field) & ~(covered[word] >>> field.shift())) != 0;
            if (touched) {
                return field + " (" + field.prerequisite() + ")";
            }
        }
        return "what is no field";
    }
}
