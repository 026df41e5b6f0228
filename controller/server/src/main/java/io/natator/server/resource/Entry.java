package io.natator.server.resource;

import com.google.protobuf.Message;
import io.natator.server.convert.Times;
import java.time.Instant;

/**
 * One resource as stored.
 *
 * @param message only what users set
 * @param value the same in the model
 */
record Entry<M extends Message, D>(String id, M message, D value, String etag, Instant created, Instant updated) {
    /** As the API shows it, apart from its status. */
    M shown(Kind<M, D> kind) {
        return Fields.stamped(
                Fields.shown(message),
                kind.collection() + "/" + id,
                etag,
                Times.timestamp(created),
                Times.timestamp(updated));
    }
}
