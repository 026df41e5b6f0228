package io.natator.softswitch.ipfix.codec;

import static io.natator.softswitch.ipfix.codec.Element.ADDRESS_POOL_HIGH_THRESHOLD;
import static io.natator.softswitch.ipfix.codec.Element.ADDRESS_POOL_LOW_THRESHOLD;
import static io.natator.softswitch.ipfix.codec.Element.ADDRESS_PORT_MAPPING_HIGH_THRESHOLD;
import static io.natator.softswitch.ipfix.codec.Element.DESTINATION_IPV4_ADDRESS;
import static io.natator.softswitch.ipfix.codec.Element.DESTINATION_IPV6_ADDRESS;
import static io.natator.softswitch.ipfix.codec.Element.DESTINATION_TRANSPORT_PORT;
import static io.natator.softswitch.ipfix.codec.Element.MAX_ENTRIES_PER_USER;
import static io.natator.softswitch.ipfix.codec.Element.NAT_EVENT;
import static io.natator.softswitch.ipfix.codec.Element.NAT_POOL_ID;
import static io.natator.softswitch.ipfix.codec.Element.NAT_QUOTA_EXCEEDED_EVENT;
import static io.natator.softswitch.ipfix.codec.Element.NAT_THRESHOLD_EVENT;
import static io.natator.softswitch.ipfix.codec.Element.OBSERVATION_TIME_MILLISECONDS;
import static io.natator.softswitch.ipfix.codec.Element.OCTET_TOTAL_COUNT;
import static io.natator.softswitch.ipfix.codec.Element.PACKET_TOTAL_COUNT;
import static io.natator.softswitch.ipfix.codec.Element.PORT_RANGE_END;
import static io.natator.softswitch.ipfix.codec.Element.PORT_RANGE_START;
import static io.natator.softswitch.ipfix.codec.Element.POST_NAPT_DESTINATION_TRANSPORT_PORT;
import static io.natator.softswitch.ipfix.codec.Element.POST_NAPT_SOURCE_TRANSPORT_PORT;
import static io.natator.softswitch.ipfix.codec.Element.POST_NAT_DESTINATION_IPV4_ADDRESS;
import static io.natator.softswitch.ipfix.codec.Element.POST_NAT_SOURCE_IPV4_ADDRESS;
import static io.natator.softswitch.ipfix.codec.Element.PROTOCOL_IDENTIFIER;
import static io.natator.softswitch.ipfix.codec.Element.SOURCE_IPV4_ADDRESS;
import static io.natator.softswitch.ipfix.codec.Element.SOURCE_IPV6_ADDRESS;
import static io.natator.softswitch.ipfix.codec.Element.SOURCE_TRANSPORT_PORT;

import com.google.common.collect.ImmutableList;

/** Templates (RFC 8158, section 5.6), all of elements of fixed length. */
enum Template {
    /** A NAT44 session, created or deleted; how much it carried is an addition of ours. */
    SESSION(
            256,
            OBSERVATION_TIME_MILLISECONDS,
            NAT_EVENT,
            SOURCE_IPV4_ADDRESS,
            POST_NAT_SOURCE_IPV4_ADDRESS,
            PROTOCOL_IDENTIFIER,
            SOURCE_TRANSPORT_PORT,
            POST_NAPT_SOURCE_TRANSPORT_PORT,
            DESTINATION_IPV4_ADDRESS,
            POST_NAT_DESTINATION_IPV4_ADDRESS,
            DESTINATION_TRANSPORT_PORT,
            POST_NAPT_DESTINATION_TRANSPORT_PORT,
            PACKET_TOTAL_COUNT,
            OCTET_TOTAL_COUNT),
    /** An address that is a host's, or is not any more. */
    ADDRESS_BINDING(257, OBSERVATION_TIME_MILLISECONDS, NAT_EVENT, SOURCE_IPV4_ADDRESS, POST_NAT_SOURCE_IPV4_ADDRESS),
    /** A block of ports, allocated or de-allocated. */
    PORT_BLOCK(
            258,
            OBSERVATION_TIME_MILLISECONDS,
            NAT_EVENT,
            SOURCE_IPV4_ADDRESS,
            POST_NAT_SOURCE_IPV4_ADDRESS,
            PORT_RANGE_START,
            PORT_RANGE_END),
    /** A pool without a free address. */
    ADDRESSES_EXHAUSTED(259, OBSERVATION_TIME_MILLISECONDS, NAT_EVENT, NAT_POOL_ID),
    /** A pool without a free port; RFC 8158 names an address, but here a whole pool had none. */
    PORTS_EXHAUSTED(260, OBSERVATION_TIME_MILLISECONDS, NAT_EVENT, NAT_POOL_ID, PROTOCOL_IDENTIFIER),
    /** The switch has no room for one more session. */
    TABLE_FULL(261, OBSERVATION_TIME_MILLISECONDS, NAT_EVENT, NAT_QUOTA_EXCEEDED_EVENT),
    /** A host has as much as it may. */
    QUOTA_EXCEEDED(
            262,
            OBSERVATION_TIME_MILLISECONDS,
            NAT_EVENT,
            NAT_QUOTA_EXCEEDED_EVENT,
            MAX_ENTRIES_PER_USER,
            SOURCE_IPV4_ADDRESS),
    /** A NAT44 mapping (binding information base), created or deleted: no remote. */
    MAPPING(
            263,
            OBSERVATION_TIME_MILLISECONDS,
            NAT_EVENT,
            SOURCE_IPV4_ADDRESS,
            POST_NAT_SOURCE_IPV4_ADDRESS,
            PROTOCOL_IDENTIFIER,
            SOURCE_TRANSPORT_PORT,
            POST_NAPT_SOURCE_TRANSPORT_PORT),
    /** A pool has few addresses left. */
    ADDRESSES_HIGH(
            264,
            OBSERVATION_TIME_MILLISECONDS,
            NAT_EVENT,
            NAT_THRESHOLD_EVENT,
            NAT_POOL_ID,
            ADDRESS_POOL_HIGH_THRESHOLD),
    /** It has some again. */
    ADDRESSES_LOW(
            265,
            OBSERVATION_TIME_MILLISECONDS,
            NAT_EVENT,
            NAT_THRESHOLD_EVENT,
            NAT_POOL_ID,
            ADDRESS_POOL_LOW_THRESHOLD),
    /** A pool has few ports of a protocol left, or few blocks; pool and protocol are additions of ours. */
    PORTS_HIGH(
            266,
            OBSERVATION_TIME_MILLISECONDS,
            NAT_EVENT,
            NAT_THRESHOLD_EVENT,
            NAT_POOL_ID,
            ADDRESS_PORT_MAPPING_HIGH_THRESHOLD,
            PROTOCOL_IDENTIFIER),
    /** A NAT64 session. */
    SESSION_64(
            267,
            OBSERVATION_TIME_MILLISECONDS,
            NAT_EVENT,
            SOURCE_IPV6_ADDRESS,
            POST_NAT_SOURCE_IPV4_ADDRESS,
            PROTOCOL_IDENTIFIER,
            SOURCE_TRANSPORT_PORT,
            POST_NAPT_SOURCE_TRANSPORT_PORT,
            DESTINATION_IPV6_ADDRESS,
            POST_NAT_DESTINATION_IPV4_ADDRESS,
            DESTINATION_TRANSPORT_PORT,
            POST_NAPT_DESTINATION_TRANSPORT_PORT,
            PACKET_TOTAL_COUNT,
            OCTET_TOTAL_COUNT),
    /** A NAT64 mapping. */
    MAPPING_64(
            268,
            OBSERVATION_TIME_MILLISECONDS,
            NAT_EVENT,
            SOURCE_IPV6_ADDRESS,
            POST_NAT_SOURCE_IPV4_ADDRESS,
            PROTOCOL_IDENTIFIER,
            SOURCE_TRANSPORT_PORT,
            POST_NAPT_SOURCE_TRANSPORT_PORT),
    /** A block of ports of an IPv6 host. */
    PORT_BLOCK_64(
            269,
            OBSERVATION_TIME_MILLISECONDS,
            NAT_EVENT,
            SOURCE_IPV6_ADDRESS,
            POST_NAT_SOURCE_IPV4_ADDRESS,
            PORT_RANGE_START,
            PORT_RANGE_END),
    /** An IPv6 host has as much as it may. */
    QUOTA_EXCEEDED_64(
            270,
            OBSERVATION_TIME_MILLISECONDS,
            NAT_EVENT,
            NAT_QUOTA_EXCEEDED_EVENT,
            MAX_ENTRIES_PER_USER,
            SOURCE_IPV6_ADDRESS);

    final int id;
    final ImmutableList<Element> elements;

    /** Octets of a record. */
    final int length;

    Template(int id, Element... elements) {
        this.id = id;
        this.elements = ImmutableList.copyOf(elements);
        this.length = this.elements.stream().mapToInt(e -> e.length).sum();
    }
}
