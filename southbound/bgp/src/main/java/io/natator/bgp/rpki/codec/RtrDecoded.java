package io.natator.bgp.rpki.codec;

/** What the first octets of a stream are. */
public sealed interface RtrDecoded {
    /** More octets are needed to tell. */
    record More() implements RtrDecoded {}

    /** @param length octets that it takes */
    record Ok(Pdu pdu, int length) implements RtrDecoded {}

    /**
     * The connection is to be ended.
     *
     * @param code to be reported, see {@link ErrorCode}
     * @param report false where it may not be answered, as it is an Error Report itself
     * @param octets of the PDU at fault, as far as they came and no more than a few
     */
    record Bad(int code, String reason, boolean report, byte[] octets) implements RtrDecoded {}
}
