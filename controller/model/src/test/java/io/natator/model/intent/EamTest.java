package io.natator.model.intent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

class EamTest {
    /** The mappings that RFC 7757, section 3.1, gives as examples, by the algorithms of section 3.3. */
    @ParameterizedTest
    @CsvSource({
        "192.0.2.1/32, 2001:db8:aaaa::/128, 192.0.2.1, 2001:db8:aaaa::",
        "192.0.2.16/28, 2001:db8:cccc::/124, 192.0.2.31, 2001:db8:cccc::f",
        "192.0.2.128/26, 2001:db8:dddd::/64, 192.0.2.152, 2001:db8:dddd:0:6000::",
        "192.0.2.128/26, 2001:db8:dddd::/64, 192.0.2.183, 2001:db8:dddd:0:dc00::",
        "192.0.2.192/29, 2001:db8:eeee:8::/62, 192.0.2.199, 2001:db8:eeee:b:8000::",
        "192.0.2.224/31, 64:ff9b::/127, 192.0.2.225, 64:ff9b::1"
    })
    void mapsBothWays(String ipv4, String ipv6, String inside4, String inside6) {
        Eam eam = new Eam(IpPrefix.valueOf(ipv6), IpPrefix.valueOf(ipv4));
        assertEquals(IpAddress.valueOf(inside6), eam.toIpv6(IpAddress.valueOf(inside4)));
        assertEquals(IpAddress.valueOf(inside4), eam.toIpv4(IpAddress.valueOf(inside6)));
    }
}
