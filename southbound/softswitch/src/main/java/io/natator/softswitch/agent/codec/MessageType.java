package io.natator.softswitch.agent.codec;

/** ofp_type and ofp_multipart_type (sections 7.1 and 7.3.5), and ONF extension 230. */
public final class MessageType {
    public static final int HELLO = 0;
    public static final int ERROR = 1;
    public static final int ECHO_REQUEST = 2;
    public static final int ECHO_REPLY = 3;
    public static final int EXPERIMENTER = 4;
    public static final int FEATURES_REQUEST = 5;
    public static final int FEATURES_REPLY = 6;
    public static final int GET_CONFIG_REQUEST = 7;
    public static final int GET_CONFIG_REPLY = 8;
    public static final int SET_CONFIG = 9;
    public static final int PACKET_IN = 10;
    public static final int FLOW_REMOVED = 11;
    public static final int PORT_STATUS = 12;
    public static final int PACKET_OUT = 13;
    public static final int FLOW_MOD = 14;
    public static final int GROUP_MOD = 15;
    public static final int PORT_MOD = 16;
    public static final int TABLE_MOD = 17;
    public static final int MULTIPART_REQUEST = 18;
    public static final int MULTIPART_REPLY = 19;
    public static final int BARRIER_REQUEST = 20;
    public static final int BARRIER_REPLY = 21;
    public static final int QUEUE_GET_CONFIG_REQUEST = 22;
    public static final int QUEUE_GET_CONFIG_REPLY = 23;
    public static final int ROLE_REQUEST = 24;
    public static final int ROLE_REPLY = 25;
    public static final int GET_ASYNC_REQUEST = 26;
    public static final int GET_ASYNC_REPLY = 27;
    public static final int SET_ASYNC = 28;
    public static final int METER_MOD = 29;

    public static final int MP_DESC = 0;
    public static final int MP_FLOW = 1;
    public static final int MP_AGGREGATE = 2;
    public static final int MP_TABLE = 3;
    public static final int MP_PORT_STATS = 4;
    public static final int MP_QUEUE = 5;
    public static final int MP_GROUP = 6;
    public static final int MP_GROUP_DESC = 7;
    public static final int MP_GROUP_FEATURES = 8;
    public static final int MP_METER = 9;
    public static final int MP_METER_CONFIG = 10;
    public static final int MP_METER_FEATURES = 11;
    public static final int MP_TABLE_FEATURES = 12;
    public static final int MP_PORT_DESC = 13;
    public static final int MP_EXPERIMENTER = 0xFFFF;

    private MessageType() {}
}
