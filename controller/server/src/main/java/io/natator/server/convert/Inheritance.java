package io.natator.server.convert;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.natator.v1.Neighbor;
import io.natator.v1.PeerGroup;
import java.util.List;

/** What a neighbour takes from its group: each field, and each field of its messages, that it leaves out itself. */
final class Inheritance {
    /** What names a group and its neighbours is their own. */
    private static final List<String> OWN = List.of("name", "description", "etag", "create_time", "update_time");

    private Inheritance() {}

    static Neighbor inherit(PeerGroup group, Neighbor neighbor) {
        Neighbor.Builder all = neighbor.toBuilder();
        for (FieldDescriptor field : PeerGroup.getDescriptor().getFields()) {
            FieldDescriptor own = Neighbor.getDescriptor().findFieldByName(field.getName());
            if (own != null && !OWN.contains(field.getName())) {
                take(group, field, all, own);
            }
        }
        return all.build();
    }

    private static void take(Message from, FieldDescriptor theirs, Message.Builder to, FieldDescriptor own) {
        if (!isSet(from, theirs)) {
            return;
        }
        boolean given = own.isRepeated() ? to.getRepeatedFieldCount(own) > 0 : to.hasField(own);
        if (!given) {
            to.setField(own, from.getField(theirs));
        } else if (own.getJavaType() == FieldDescriptor.JavaType.MESSAGE
                && !own.isRepeated()
                && own.getMessageType().getFullName().startsWith("natator.")) {
            Message inner = (Message) from.getField(theirs);
            Message.Builder merged = ((Message) to.getField(own)).toBuilder();
            for (FieldDescriptor field : inner.getDescriptorForType().getFields()) {
                take(inner, field, merged, field);
            }
            to.setField(own, merged.build());
        }
    }

    private static boolean isSet(Message message, FieldDescriptor field) {
        return field.isRepeated() ? message.getRepeatedFieldCount(field) > 0 : message.hasField(field);
    }

    /** The group as if it were a neighbour, without an address. */
    static Neighbor asNeighbor(PeerGroup group) {
        return inherit(group, Neighbor.getDefaultInstance());
    }
}
