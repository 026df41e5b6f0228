package io.natator.softswitch.io.linux;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/** What drivers say of their interfaces. */
public final class Ethtool {
    private static final int AF_INET = 2;
    private static final int SOCK_DGRAM = 2;
    private static final long SIOCETHTOOL = 0x8946;
    private static final int GSET = 1;
    private static final int IFREQ = 40;
    private static final int NAME = 16;
    private static final int ETHTOOL_CMD = 44;
    private static final int SPEED = 12;
    private static final int SPEED_HIGH = 28;
    private static final int KBIT = 1000;

    private Ethtool() {}

    /** Speed in kbit/s, at most 2³¹ − 1; 0 if it is not known. */
    @SuppressWarnings("AddressSelection")
    public static int speedKbit(String device) {
        byte[] name = device.getBytes(StandardCharsets.UTF_8);
        if (name.length >= NAME) {
            return 0;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment command = arena.allocate(ETHTOOL_CMD, 8);
            command.set(ValueLayout.JAVA_INT, 0, GSET);
            MemorySegment request = arena.allocate(IFREQ, 8);
            MemorySegment.copy(name, 0, request, ValueLayout.JAVA_BYTE, 0, name.length);
            request.set(ValueLayout.ADDRESS, NAME, command);
            int fd = Libc.socket(AF_INET, SOCK_DGRAM, 0);
            try {
                Libc.ioctl(fd, SIOCETHTOOL, request);
            } finally {
                Libc.close(fd);
            }
            int low = Short.toUnsignedInt(command.get(ValueLayout.JAVA_SHORT, SPEED));
            int high = Short.toUnsignedInt(command.get(ValueLayout.JAVA_SHORT, SPEED_HIGH));
            int megabits = high << 16 | low;
            return megabits <= 0 ? 0 : (int) Math.min(Integer.MAX_VALUE, (long) megabits * KBIT);
        } catch (IOException e) {
            // Many kinds of interfaces have no driver that knows.
            return 0;
        }
    }
}
