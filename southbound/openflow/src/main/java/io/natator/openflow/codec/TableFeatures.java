package io.natator.openflow.codec;

import io.natator.packet.Bytes;
import java.util.EnumSet;
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
 */
public record TableFeatures(
        int table,
        String name,
        long maxEntries,
        long metadataMatch,
        long metadataWrite,
        Set<Field> match,
        Set<Field> maskable,
        Set<Field> setField) {
    private static final int MATCH = 8;
    private static final int APPLY_SET_FIELD = 14;

    /** Collects properties. */
    static final class Builder {
        private final Set<Field> match = EnumSet.noneOf(Field.class);
        private final Set<Field> maskable = EnumSet.noneOf(Field.class);
        private final Set<Field> setField = EnumSet.noneOf(Field.class);

        void property(byte[] b, int at, int length) {
            switch (Bytes.u16(b, at)) {
                case MATCH -> fields(b, at, length, match, maskable);
                case APPLY_SET_FIELD -> fields(b, at, length, setField, EnumSet.noneOf(Field.class));
                default -> {
                    // other properties say nothing that rules depend on
                }
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
            return new TableFeatures(table, name, maxEntries, metadataMatch, metadataWrite, match, maskable, setField);
        }
    }
}
