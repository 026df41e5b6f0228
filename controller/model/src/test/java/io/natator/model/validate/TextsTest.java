package io.natator.model.validate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextsTest {
    private static String message(Parsed<?> parsed) {
        return switch (parsed) {
            case Parsed.Ok<?>(Object value) -> "ok " + value;
            case Parsed.Bad<?>(Violation violation) -> violation.field() + ": " + violation.message();
        };
    }

    @ParameterizedTest
    @CsvSource({
        "192.168.2.0/24, 192.168.2.0/24",
        "192.168.2.7, 192.168.2.7/32",
        "0.0.0.0/0, 0.0.0.0/0",
        "2001:db8::/64, 2001:db8::/64",
        "2001:db8::1, 2001:db8::1/128"
    })
    void goodPrefixes(String text, String prefix) {
        assertThat(message(Texts.prefix("f", text))).isEqualTo("ok " + prefix);
    }

    @Test
    void hostBits() {
        assertThat(message(Texts.prefix("inside", "192.168.2.5/24")))
                .isEqualTo("inside: 192.168.2.5/24 has host bits set: write 192.168.2.0/24 for the block or"
                        + " 192.168.2.5/32 for the host");
    }

    @Test
    void tooLong() {
        assertThat(message(Texts.prefix("inside", "192.168.2.0/33")))
                .isEqualTo("inside: prefix length 33 is more than 32: write /0 to /32");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "/24",
                "x",
                "localhost",
                "192.168.2/24",
                "192.168.2.0/",
                "192.168.2.0/-1",
                "192.168.2.0/ 24",
                "192.168.2.256",
                "1.2.3.4.5",
                "fe80::1%eth0",
                "::ffff:1.2.3.4",
                ":::",
                "1:2:3",
                "192.168.2.0/24/24",
                "192.168.2.0/9999"
            })
    void noPrefixes(String text) {
        assertThat(message(Texts.prefix("f", text)))
                .isEqualTo("f: \"" + text
                        + "\" is not a prefix: write it like 192.168.2.0/24, 2001:db8::/64 or 192.168.2.7");
        assertThat(message(Texts.address("f", text))).startsWith("f: \"" + text + "\" is not an IP address");
        assertThat(message(Texts.gateway("f", text))).startsWith("f: \"" + text + "\" is not a gateway");
    }

    @Test
    void gateways() {
        assertThat(Texts.gateway("f", "192.168.2.1/24"))
                .isInstanceOfSatisfying(
                        Parsed.Ok.class,
                        ok -> assertThat(ok.value())
                                .hasToString("Gateway[address=192.168.2.1, onLink=192.168.2.0/24]"));
        assertThat(message(Texts.gateway("f", "192.168.2.1"))).contains("like 192.168.2.1/24");
    }

    @Test
    void datapathIds() {
        assertThat(message(Texts.datapathId("f", "0000000000000001"))).isEqualTo("ok 1");
        assertThat(message(Texts.datapathId("f", "0x1f"))).isEqualTo("ok 31");
        assertThat(message(Texts.datapathId("f", "00:00:00:00:00:00:00:0a"))).isEqualTo("ok 10");
        assertThat(message(Texts.datapathId("f", "ffffffffffffffff"))).isEqualTo("ok -1");
        assertThat(message(Texts.datapathId("f", "0"))).startsWith("f: the datapath id is zero");
        assertThat(message(Texts.datapathId("f", "br0"))).startsWith("f: \"br0\" is not a datapath id");
        assertThat(message(Texts.datapathId("f", "00000000000000001"))).contains("is not a datapath id");
    }

    @Test
    void macs() {
        assertThat(message(Texts.mac("f", "02:00:00:00:00:01"))).isEqualTo("ok 02:00:00:00:00:01");
        assertThat(message(Texts.mac("f", "01:00:00:00:00:01"))).contains("is not a unicast MAC address");
        assertThat(message(Texts.mac("f", "2:0:0:0:0:1"))).contains("is not a MAC address");
    }

    @Test
    void ids() {
        assertThat(message(Texts.id("name", "web-1"))).isEqualTo("ok web-1");
        assertThat(message(Texts.name("devices[0]", "devices", "devices/sw"))).isEqualTo("ok sw");
        assertThat(message(Texts.name("devices[0]", "devices", "sw")))
                .isEqualTo("devices[0]: \"sw\" is not a name: write devices/ID");
        for (String bad : new String[] {"", "1a", "A", "a-", "a_b", "a".repeat(64)}) {
            assertThat(message(Texts.id("name", bad))).contains("is not an id");
        }
    }

    @Test
    void communities() {
        assertThat(message(Communities.parse("f", "65000:100"))).isEqualTo("ok 65000:100");
        assertThat(message(Communities.parse("f", "4200000000:1:2"))).isEqualTo("ok 4200000000:1:2");
        assertThat(message(Communities.parse("f", "65536:1"))).contains("65536 is more than 65535");
        assertThat(message(Communities.parse("f", "1:2:4294967296"))).contains("is more than 4294967295");
        for (String bad : new String[] {"", "1", "a:b", "1:2:3:4", "-1:2", "1:"}) {
            assertThat(message(Communities.parse("f", bad))).contains("is not a community");
        }
    }
}
