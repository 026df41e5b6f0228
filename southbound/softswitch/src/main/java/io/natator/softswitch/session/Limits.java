package io.natator.softswitch.session;

/**
 * How much the engine holds. All of it is set aside when it starts, as addresses; memory is taken as it is used.
 *
 * @param sessions of NAPT and of return affinity, 1 to 2²⁷
 * @param mappings of NAPT, and bindings of DYNAMIC, 1 to 2²⁷; with endpoint-independent mapping there are fewer than sessions
 * @param hosts inside hosts with a session or binding, 1 to 2²⁷
 * @param fragments datagrams of which the parts may come in any order, 1 to 65536
 * @param fragmentOctets of fragments that wait for the first one, all together
 * @param errorsPerSecond ICMP errors that are sent (RFC 1812, section 4.3.2.8)
 */
public record Limits(int sessions, int mappings, int hosts, int fragments, int fragmentOctets, int errorsPerSecond) {
    /** A million sessions: 140 MiB if they are all there. */
    public static final Limits DEFAULT = of(1_000_000);

    private static final int MOST = 1 << 27;

    public Limits {
        if (sessions < 1 || sessions > MOST || mappings < 1 || mappings > MOST || hosts < 1 || hosts > MOST) {
            throw new IllegalArgumentException("sessions, mappings and hosts are 1 to " + MOST);
        }
        if (fragments < 1 || fragments > 1 << 16 || fragmentOctets < 0 || errorsPerSecond < 0) {
            throw new IllegalArgumentException("fragments are 1 to 65536, octets and errors not negative");
        }
    }

    /** Room for so many sessions, each with a mapping of its own if need be, and four a host or more. */
    public static Limits of(int sessions) {
        return new Limits(sessions, sessions, Math.max(1, sessions / 4), 4096, 4 << 20, 1000);
    }
}
