package io.natator.bgp.ribin;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.bgp.codec.Update;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.onlab.packet.IpPrefix;

class HeardPrefixesTest {
    private static final Predicate<IpPrefix> OURS = IpPrefix.valueOf("10.0.0.0/8")::equals;

    private static Update update(List<String> withdrawn, List<String> announced) {
        return new Update(prefixes(withdrawn), prefixes(announced), Optional.empty(), Optional.empty(), "", 0);
    }

    private static List<IpPrefix> prefixes(List<String> texts) {
        return texts.stream().map(IpPrefix::valueOf).toList();
    }

    @Test
    void countsEachPrefixOnce() {
        HeardPrefixes heard = new HeardPrefixes();
        heard.apply(
                update(List.of(), List.of("10.0.0.0/8", "10.0.0.0/16", "0.0.0.0/0", "::/0", "2001:db8::/32")), OURS);
        heard.apply(update(List.of(), List.of("10.0.0.0/8", "2001:db8::/32", "2001:db8::/33")), OURS);
        assertThat(heard.reflected()).isEqualTo(1);
        assertThat(heard.count()).isEqualTo(6);
        heard.apply(update(List.of("10.0.0.0/8", "2001:db8::/32", "192.0.2.0/24"), List.of()), OURS);
        assertThat(heard.reflected()).isZero();
        assertThat(heard.count()).isEqualTo(4);
        heard.clear();
        assertThat(heard.count()).isZero();
    }

    @Test
    void keepsNoMoreThanItMay() {
        HeardPrefixes heard = new HeardPrefixes(2);
        Stream.of("10.0.0.0/8", "11.0.0.0/8", "12.0.0.0/8", "10.0.0.0/8")
                .forEach(prefix -> heard.apply(update(List.of(), List.of(prefix)), ours -> false));
        assertThat(heard.count()).isEqualTo(2);
        assertThat(heard.uncounted()).isEqualTo(1);
    }
}
