package io.natator.softswitch.config;

import java.util.Locale;

/** What a {@link Profile} can take away. Tables say what is left (section 7.3.5.5), and the agent refuses the rest. */
public enum Ability {
    /** Set-field under a mask: NX reg_load and reg_load2. */
    MASKED_SET_FIELD,
    /** NX reg_move. */
    MOVE,
    /** NXM_NX_IP_TTL in matches. */
    MATCH_TTL,
    /** Bundles, in 1.3 as ONF extension 230. */
    BUNDLES,
    METADATA,
    /** Set-field on ARP fields. */
    SET_ARP,
    /** Set-field on fields of IPv6 neighbour discovery. */
    SET_ND,
    /** Masks on ARP addresses and neighbour discovery targets. */
    MASKED_ARP_ND_MATCH,
    /** The port NORMAL. */
    NORMAL,
    GROUPS,
    METERS;

    /** As {@code --profile} has it: {@code masked-set-field}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
