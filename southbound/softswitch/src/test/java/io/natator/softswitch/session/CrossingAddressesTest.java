package io.natator.softswitch.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.model.intent.Embedding;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.IpAddress;
import org.onlab.packet.IpPrefix;

class CrossingAddressesTest {
    /** RFC 6052, section 2.4. */
    @ParameterizedTest
    @CsvSource({
        "2001:db8::/32, 2001:db8:c000:221::",
        "2001:db8:100::/40, 2001:db8:1c0:2:21::",
        "2001:db8:122::/48, 2001:db8:122:c000:2:2100::",
        "2001:db8:122:300::/56, 2001:db8:122:3c0:0:221::",
        "2001:db8:122:344::/64, 2001:db8:122:344:c0:2:2100:0",
        "2001:db8:122:344::/96, 2001:db8:122:344::c000:221",
        "64:ff9b::/96, 64:ff9b::c000:221"
    })
    void embedsAsTheTableSays(String prefix, String address) {
        Pref64 pref64 = new Pref64(IpPrefix.valueOf(prefix));
        int ipv4 = (int) Block.low(IpAddress.valueOf("192.0.2.33"));
        IpAddress ipv6 = IpAddress.valueOf(address);
        assertThat(address(pref64.high(ipv4), pref64.low(ipv4))).isEqualTo(ipv6);
        assertThat(pref64.holds(Block.high(ipv6), Block.low(ipv6))).isTrue();
        assertThat(pref64.ipv4(Block.high(ipv6), Block.low(ipv6))).isEqualTo(ipv4);
    }

    @Test
    void embedsAsTheModelDoes() {
        Random random = new Random(Long.getLong("natator.seed", 5));
        for (int i = 0; i < 2000; i++) {
            byte[] octets = new byte[16];
            random.nextBytes(octets);
            octets[8] = 0;
            IpPrefix prefix = IpPrefix.valueOf(
                    IpAddress.Version.INET6, octets, Embedding.LENGTHS.get(random.nextInt(Embedding.LENGTHS.size())));
            Embedding model = new Embedding(prefix, 1500);
            Pref64 pref64 = new Pref64(prefix);
            int ipv4 = random.nextInt();
            Ip6Address ipv6 = model.embed(Ip4Address.valueOf(ipv4));
            assertThat(address(pref64.high(ipv4), pref64.low(ipv4)))
                    .as("%s", prefix)
                    .isEqualTo(ipv6);
            byte[] any = ipv6.toOctets();
            any[15] = (byte) random.nextInt();
            any[8] = (byte) random.nextInt();
            IpAddress other = IpAddress.valueOf(IpAddress.Version.INET6, any);
            if (pref64.holds(Block.high(other), Block.low(other))) {
                assertThat(Ip4Address.valueOf(pref64.ipv4(Block.high(other), Block.low(other))))
                        .isEqualTo(model.extract(other).orElseThrow());
            } else {
                assertThat(model.extract(other)).isEmpty();
            }
        }
    }

    /** RFC 7757, section 3.1 and appendix A. */
    @ParameterizedTest
    @CsvSource({
        "2001:db8:aaaa::/128, 192.0.2.1/32, 192.0.2.1, 2001:db8:aaaa::",
        "2001:db8:bbbb::b/128, 192.0.2.2/32, 192.0.2.2, 2001:db8:bbbb::b",
        "2001:db8:cccc::/124, 192.0.2.16/28, 192.0.2.27, 2001:db8:cccc::b",
        "2001:db8:dddd::/64, 192.0.2.128/26, 192.0.2.152, 2001:db8:dddd:0:6000::",
        "2001:db8:eeee:8::/62, 192.0.2.192/29, 192.0.2.197, 2001:db8:eeee:a:8000::",
        "64:ff9b::/96, 0.0.0.0/0, 198.51.100.7, 64:ff9b::c633:6407",
        "2001:db8::/32, 10.0.0.0/8, 10.1.2.3, 2001:db8:102:300::"
    })
    void mapsExplicitly(String inside, String outside, String ipv4, String ipv6) {
        AddressMapping mapping =
                new AddressMapping(new Block(IpPrefix.valueOf(inside)), new Block(IpPrefix.valueOf(outside)));
        int low = (int) Block.low(IpAddress.valueOf(ipv4));
        IpAddress host = IpAddress.valueOf(ipv6);
        assertThat(mapping.holds(low)).isTrue();
        assertThat(address(mapping.high(low), mapping.low(low))).isEqualTo(host);
        assertThat(mapping.holds(Block.high(host), Block.low(host))).isTrue();
        assertThat(mapping.toIpv4(Block.high(host), Block.low(host))).isEqualTo(low);
    }

    @Test
    void mapsBackWhateverTheLengths() {
        Random random = new Random(Long.getLong("natator.seed", 6));
        for (int i = 0; i < 5000; i++) {
            byte[] octets = new byte[16];
            random.nextBytes(octets);
            int bits = random.nextInt(33);
            IpPrefix inside = IpPrefix.valueOf(IpAddress.Version.INET6, octets, random.nextInt(129 - bits));
            IpPrefix outside = IpPrefix.valueOf(random.nextInt(), 32 - bits);
            AddressMapping mapping = new AddressMapping(new Block(inside), new Block(outside));
            int host = (int) new Block(outside).placeLow(random.nextInt() & 0xFFFF_FFFFL);
            IpAddress ipv6 = address(mapping.high(host), mapping.low(host));
            assertThat(ipv6).isEqualTo(slowly(inside, host, bits));
            assertThat(mapping.toIpv4(mapping.high(host), mapping.low(host)))
                    .as("%s %s %s", inside, outside, ipv6)
                    .isEqualTo(host);
        }
    }

    private static IpAddress slowly(IpPrefix inside, int host, int bits) {
        byte[] octets = inside.address().toOctets();
        for (int i = 0; i < bits; i++) {
            int at = inside.prefixLength() + i;
            octets[at / 8] |= (byte) ((host >>> (bits - 1 - i) & 1) << (7 - at % 8));
        }
        return IpAddress.valueOf(IpAddress.Version.INET6, octets);
    }

    private static IpAddress address(long high, long low) {
        return IpAddress.valueOf(
                IpAddress.Version.INET6,
                ByteBuffer.allocate(16).putLong(high).putLong(low).array());
    }
}
