package io.natator.softswitch.agent.codec;

import io.natator.model.session.Share.Direction;
import io.natator.softswitch.flow.Action;
import io.natator.softswitch.flow.Ports;
import io.natator.softswitch.flow.Prerequisite;
import io.natator.softswitch.flow.Profile;
import java.util.ArrayList;
import java.util.List;

/** Reads lists of actions (section 7.2.5). */
final class ActionDecoder {
    private static final int HEADER = 4;
    private static final int ETH_VLAN = 0x8100;
    private static final int ETH_QINQ = 0x88A8;
    private static final int ETH_MPLS = 0x8847;
    private static final int ETH_MPLS_MULTICAST = 0x8848;
    private static final int ETH_PBB = 0x88E7;

    private final Profile profile;
    private final SetFieldDecoder setFields;

    ActionDecoder(Profile profile) {
        this.profile = profile;
        this.setFields = new SetFieldDecoder(profile);
    }

    /**
     * Reads actions up to the end of {@code r}.
     *
     * @param known of the packets that reach them; moves on with the actions. Null: any packet
     * @param packetOut the actions are those of a packet-out, which alone may name the port TABLE
     */
    List<Action> read(Reader r, Prerequisites known, boolean packetOut) {
        if (r.left() == 0) {
            return List.of();
        }
        List<Action> actions = new ArrayList<>(4);
        r.cutShort(ErrorCode.ACTION_BAD_LEN);
        while (r.left() > 0) {
            int type = r.u16();
            int length = r.u16();
            if (length < 8 || (length & 7) != 0 || length - HEADER > r.left()) {
                r.refuse(ErrorCode.ACTION_BAD_LEN, "action " + type + " of " + length + " octets");
                break;
            }
            int before = r.narrow(length - HEADER);
            Action action = action(r, type, length, packetOut);
            if (action != null && known != null) {
                Consistency.follow(r, action, known);
            }
            r.widen(before);
            if (action != null) {
                actions.add(action);
            }
        }
        return actions;
    }

    /** Null if it is refused. */
    private Action action(Reader r, int type, int length, boolean packetOut) {
        if (!rightLength(type, length)) {
            r.refuse(ErrorCode.ACTION_BAD_LEN, "action " + type + " of " + length + " octets");
            return null;
        }
        return switch (type) {
            case ActionType.OUTPUT -> output(r, packetOut);
            case ActionType.COPY_TTL_OUT -> new Action.CopyTtlOut();
            case ActionType.COPY_TTL_IN -> new Action.CopyTtlIn();
            case ActionType.SET_MPLS_TTL -> new Action.SetMplsTtl(r.u8());
            case ActionType.DEC_MPLS_TTL -> new Action.DecMplsTtl();
            case ActionType.PUSH_VLAN -> new Action.PushVlan(etherType(r, ETH_VLAN, ETH_QINQ));
            case ActionType.POP_VLAN -> new Action.PopVlan();
            case ActionType.PUSH_MPLS -> new Action.PushMpls(etherType(r, ETH_MPLS, ETH_MPLS_MULTICAST));
            case ActionType.POP_MPLS -> new Action.PopMpls(r.u16());
            case ActionType.SET_QUEUE -> new Action.SetQueue(r.i32());
            case ActionType.GROUP -> group(r);
            case ActionType.SET_NW_TTL -> new Action.SetNwTtl(r.u8());
            case ActionType.DEC_NW_TTL -> new Action.DecNwTtl();
            case ActionType.SET_FIELD -> setFields.setField(r);
            case ActionType.PUSH_PBB -> new Action.PushPbb(etherType(r, ETH_PBB, ETH_PBB));
            case ActionType.POP_PBB -> new Action.PopPbb();
            case ActionType.EXPERIMENTER -> experimenter(r, length);
            default -> {
                r.refuse(ErrorCode.ACTION_BAD_TYPE, "action " + type);
                yield null;
            }
        };
    }

    private static boolean rightLength(int type, int length) {
        return switch (type) {
            case ActionType.OUTPUT -> length == 16;
            case ActionType.SET_FIELD, ActionType.EXPERIMENTER -> true;
            default -> length == 8 || type > ActionType.POP_PBB; // an unknown action is no matter of length
        };
    }

    private Action output(Reader r, boolean packetOut) {
        int port = r.i32();
        int maxLength = r.u16();
        boolean right = switch (port) {
            case 0, Ports.ANY, Ports.LOCAL -> false;
            case Ports.TABLE -> packetOut;
            case Ports.NORMAL -> profile.normal();
            case Ports.IN_PORT, Ports.FLOOD, Ports.ALL, Ports.CONTROLLER -> true;
            default -> Integer.compareUnsigned(port, Ports.MAX) <= 0;
        };
        if (!right) {
            r.refuse(ErrorCode.ACTION_BAD_OUT_PORT, "output to port " + Integer.toUnsignedString(port));
        }
        return new Action.Output(port, maxLength);
    }

    private boolean can(Action.Kind kind) {
        return profile.actions().contains(kind);
    }

    private Action group(Reader r) {
        int group = r.i32();
        if (profile.groups() == 0) {
            r.refuse(ErrorCode.ACTION_BAD_TYPE, "no groups");
        } else if (Integer.compareUnsigned(group, Ports.MAX) > 0) {
            r.refuse(ErrorCode.ACTION_BAD_OUT_GROUP, "group " + Integer.toUnsignedString(group));
        }
        return new Action.Group(group);
    }

    private static int etherType(Reader r, int one, int other) {
        int type = r.u16();
        if (type != one && type != other) {
            r.refuse(ErrorCode.ACTION_BAD_ARGUMENT, "ethertype 0x" + Integer.toHexString(type) + " cannot be pushed");
        }
        return type;
    }

    private Action experimenter(Reader r, int length) {
        int experimenter = r.i32();
        if (experimenter == ActionType.NATATOR) {
            return translate(r, length);
        }
        if (experimenter != ActionType.NICIRA) {
            r.refuse(ErrorCode.ACTION_BAD_EXPERIMENTER, "experimenter 0x" + Integer.toHexString(experimenter));
            return null;
        }
        int subtype = length >= 16 ? r.u16() : -1;
        boolean known = switch (subtype) {
            case ActionType.NX_REG_LOAD, ActionType.NX_REG_LOAD2 -> can(Action.Kind.SET_FIELD_MASKED);
            case ActionType.NX_REG_MOVE -> can(Action.Kind.MOVE);
            default -> false;
        };
        if (!known) {
            r.refuse(ErrorCode.ACTION_BAD_EXP_TYPE, "Nicira's action " + subtype);
            return null;
        }
        return switch (subtype) {
            case ActionType.NX_REG_LOAD -> setFields.load(r, length);
            case ActionType.NX_REG_LOAD2 -> setFields.load2(r);
            default -> setFields.move(r, length);
        };
    }

    private Action translate(Reader r, int length) {
        int subtype = length >= 16 ? r.u16() : -1;
        if (subtype != ActionType.NATATOR_TRANSLATE || !can(Action.Kind.TRANSLATE)) {
            r.refuse(ErrorCode.ACTION_BAD_EXP_TYPE, "Natator's action " + subtype);
            return null;
        }
        int direction = r.u8();
        int zero = r.u8();
        int share = r.i32();
        if (length != 16) {
            r.refuse(ErrorCode.ACTION_BAD_LEN, "translate of " + length + " octets");
        } else if (direction > 1 || zero != 0 || share < 1) {
            r.refuse(ErrorCode.ACTION_BAD_ARGUMENT, "translate by share " + share + ", direction " + direction);
        }
        return new Action.Translate(share, direction == 0 ? Direction.TO_INSIDE : Direction.TO_OUTSIDE);
    }

    /** Says what packets are like after an action, and refuses an action that they cannot have. */
    private static final class Consistency {
        private Consistency() {}

        static void follow(Reader r, Action action, Prerequisites known) {
            switch (action) {
                case Action.SetField set -> need(r, known, set.field().prerequisite(), set.field());
                case Action.Move move -> {
                    need(r, known, move.from().prerequisite(), move.from());
                    need(r, known, move.to().prerequisite(), move.to());
                }
                case Action.PushVlan _ -> known.tagged(true);
                case Action.PopVlan _ -> {
                    need(r, known, Prerequisite.VLAN, "pop_vlan");
                    known.tagged(false);
                }
                case Action.PushMpls push -> known.etherType(push.etherType());
                case Action.PopMpls pop -> {
                    need(r, known, Prerequisite.MPLS, "pop_mpls");
                    known.etherType(pop.etherType());
                }
                case Action.PushPbb push -> known.etherType(push.etherType());
                case Action.PopPbb _ -> {
                    need(r, known, Prerequisite.PBB, "pop_pbb");
                    known.etherType(-1);
                }
                case Action.SetMplsTtl _, Action.DecMplsTtl _ -> need(r, known, Prerequisite.MPLS, "MPLS TTL");
                case Action.SetNwTtl _, Action.DecNwTtl _ -> need(r, known, Prerequisite.IP, "IP TTL");
                case Action.Translate _ -> need(r, known, Prerequisite.IP, "translate");
                case Action.Output _, Action.CopyTtlOut _, Action.CopyTtlIn _, Action.SetQueue _, Action.Group _ -> {
                    // fit any packet
                }
            }
        }

        private static void need(Reader r, Prerequisites known, Prerequisite needed, Object what) {
            if (!known.hold(needed)) {
                r.refuse(ErrorCode.ACTION_MATCH_INCONSISTENT, what + " of packets that need not be " + needed);
            }
        }
    }
}
