package io.natator.model.intent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.onlab.packet.Ip4Address;
import org.onlab.packet.Ip6Address;
import org.onlab.packet.IpPrefix;

class EmbeddingTest {
    /** RFC 6052, section 2.4, tables 1 and 2. */
    @ParameterizedTest
    @CsvSource({
        "2001:db8::/32, 2001:db8:c000:221::",
        "2001:db8:100::/40, 2001:db8:1c0:2:21::",
        "2001:db8:122::/48, 2001:db8:122:c000:2:2100::",
        "2001:db8:122:300::/56, 2001:db8:122:3c0:0:221::",
        "2001:db8:122:344::/64, 2001:db8:122:344:c0:2:2100::",
        "2001:db8:122:344::/96, 2001:db8:122:344::192.0.2.33",
        "64:ff9b::/96, 64:ff9b::192.0.2.33"
    })
    void embedsAsTheRfcSays(String prefix, String embedded) {
        Embedding embedding = new Embedding(IpPrefix.valueOf(prefix), 1500);
        Ip4Address address = Ip4Address.valueOf("192.0.2.33");
        Ip6Address expected = Ip6Address.valueOf(embedded.replace("192.0.2.33", "c000:221"));
        assertEquals(expected, embedding.embed(address));
        assertEquals(Optional.of(address), embedding.extract(expected));
    }

    @Test
    void extractsNothingOfOtherPrefixes() {
        assertEquals(Optional.empty(), Embedding.DEFAULT.extract(Ip6Address.valueOf("64:ff9b:1::1")));
        assertEquals(Optional.empty(), Embedding.DEFAULT.extract(Ip4Address.valueOf("192.0.2.33")));
    }
}
