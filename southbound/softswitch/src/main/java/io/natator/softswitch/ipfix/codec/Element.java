package io.natator.softswitch.ipfix.codec;

/** Information elements as IANA numbers them, each with the length that we send. */
enum Element {
    PROTOCOL_IDENTIFIER(4, 1),
    SOURCE_TRANSPORT_PORT(7, 2),
    SOURCE_IPV4_ADDRESS(8, 4),
    DESTINATION_TRANSPORT_PORT(11, 2),
    DESTINATION_IPV4_ADDRESS(12, 4),
    OCTET_TOTAL_COUNT(85, 8),
    PACKET_TOTAL_COUNT(86, 8),
    POST_NAT_SOURCE_IPV4_ADDRESS(225, 4),
    POST_NAT_DESTINATION_IPV4_ADDRESS(226, 4),
    POST_NAPT_SOURCE_TRANSPORT_PORT(227, 2),
    POST_NAPT_DESTINATION_TRANSPORT_PORT(228, 2),
    NAT_EVENT(230, 1),
    NAT_POOL_ID(283, 4),
    OBSERVATION_TIME_MILLISECONDS(323, 8),
    PORT_RANGE_START(361, 2),
    PORT_RANGE_END(362, 2),
    NAT_QUOTA_EXCEEDED_EVENT(466, 4),
    NAT_THRESHOLD_EVENT(467, 4),
    MAX_ENTRIES_PER_USER(473, 4),
    ADDRESS_POOL_HIGH_THRESHOLD(476, 4),
    ADDRESS_POOL_LOW_THRESHOLD(477, 4),
    ADDRESS_PORT_MAPPING_HIGH_THRESHOLD(478, 4);

    final int id;
    final int length;

    Element(int id, int length) {
        this.id = id;
        this.length = length;
    }
}
