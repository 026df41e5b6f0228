package io.natator.openflow.codec;

import io.natator.packet.Bytes;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;

/**
 * What one table said of itself (section 7.3.5.5.2), as far as rules care. Field ids that are not known are skipped.
 *
 * @param table number
 * @param name as told
 * @param maxEntries unsigned 32 bits
 * @param metadataMatch bits of metadata that can be matched
 * @param metadataWrite bits of metadata that can be written
 * @param match fields that can be matched; empty if it did not say
 * @param maskable those of {@code match} that take a mask
 * @param setField fields that apply-actions can set; empty if it did not say
 * @param nicira subtypes of Nicira's actions that apply-actions can hold
 * @param natator subtypes of Natator's actions that apply-actions can hold
 */
public record TableFeatures(
        int table,
        String name,
        long maxEntries,
        long metadataMatch,
        long metadataWrite,
        Set<Field> match,
        Set<Field> maskable,
        Set<Field> setField,
        Set<Integer> nicira,
        Set<Integer> natator) {
    private static final int APPLY_ACTIONS = 6;
    private static final int MATCH = 8;
    private static final int APPLY_SET_FIELD = 14;

    /** Collects properties. */
    static final class Builder {
        private final Set<Field> match = EnumSet.noneOf(Field.class);
        private final Set<Field> maskable = EnumSet.noneOf(Field.class);
        private final Set<Field> setField = EnumSet.noneOf(Field.class);
        private final Set<Integer> nicira = new HashSet<>();
        private final Set<Integer> natator = new HashSet<>();

        void property(byte[] b, int at, int length) {
            switch (Bytes.u16(b, at)) {
                case APPLY_ACTIONS -> actions(b, at, length);
                case MATCH -> fields(b, at, length, match, maskable);
                case APPLY_SET_FIELD -> fields(b, at, length, setField, EnumSet.noneOf(Field.class));
                default -> {
                    // other properties say nothing that rules depend on
                }
            }
        }

        /** Each is an action's header; those of experimenters go on with their id and, of Nicira's and ours, a subtype. */
        private void actions(byte[] b, int at, int length) {
            int end = at + length;
            int i = at + 4;
            while (i + 4 <= end) {
                int size = Math.max(4, Bytes.u16(b, i + 2));
                boolean experimenter = Bytes.u16(b, i) == Wire.ACTION_EXPERIMENTER && size >= 10 && i + size <= end;
                if (experimenter && Bytes.i32(b, i + 4) == Wire.NICIRA) {
                    nicira.add(Bytes.u16(b, i + 8));
                } else if (experimenter && Bytes.i32(b, i + 4) == Wire.NATATOR) {
                    natator.add(Bytes.u16(b, i + 8));
                }
                i += size;
            }
        }

        private static void fields(byte[] b, int at, int length, Set<Field> into, Set<Field> masked) {
            for (int i = at + 4; i + 4 <= at + length; i += 4) {
                int header = Bytes.i32(b, i);
                Field field = Field.of(header);
                if (field != null) {
                    into.add(field);
                    if ((header & 0x100) != 0) {
                        masked.add(field);
                    }
                }
                if (header >>> 16 == 0xFFFF) {
                    i += 4; // an experimenter's id follows
                }
            }
        }

        TableFeatures build(int table, String name, long maxEntries, long metadataMatch, long metadataWrite) {
            return new TableFeatures(
                    table, name, maxEntries, metadataMatch, metadataWrite, match, maskable, setField, nicira, natator);
        }
    }
}
