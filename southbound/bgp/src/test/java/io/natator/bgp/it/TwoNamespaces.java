package io.natator.bgp.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;

/**
 * Two network namespaces and one link, for a speaker and a routing daemon with a kernel table of its own. The speaker has the
 * addresses of all {@link Pairing}s.
 */
final class TwoNamespaces implements AutoCloseable {
    static final String SPEAKER_IPV4 = "10.99.0.1";
    static final String PEER_IPV4 = "10.99.0.2";
    static final String SPEAKER_IPV6 = "2001:db8:99::1";
    static final String PEER_IPV6 = "2001:db8:99::2";

    private final String speaker = "nat-bgp-s-" + ProcessHandle.current().pid();
    private final String peer = "nat-bgp-p-" + ProcessHandle.current().pid();

    TwoNamespaces() {
        if (!"root".equals(System.getProperty("user.name"))) {
            throw new IllegalStateException("this test makes network namespaces: run it as root");
        }
        remove(speaker);
        remove(peer);
        run("ip netns add " + speaker);
        run("ip netns add " + peer);
        run("ip -n " + speaker + " link add link0 type veth peer name link0 netns " + peer);
        configure(speaker, SPEAKER_IPV4, SPEAKER_IPV6);
        configure(peer, PEER_IPV4, PEER_IPV6);
        Pairing.all().stream()
                .filter(pairing -> pairing.theirs().equals(PEER_IPV4) && pairing != Pairing.PLAIN)
                .forEach(pairing -> run("ip -n " + speaker + " address add " + pairing.ours() + "/24 dev link0"));
        run("ip -n " + peer + " address add " + Pairing.MULTIHOP.theirs() + "/32 dev lo");
        run("ip -n " + speaker + " route add " + Pairing.MULTIHOP.theirs() + " via " + PEER_IPV4);
        for (Pairing pairing : List.of(Pairing.MULTIHOP, Pairing.BFD_MULTIHOP)) {
            run("ip -n " + speaker + " address add " + pairing.ours() + "/32 dev lo");
            run("ip -n " + peer + " route add " + pairing.ours() + " via " + SPEAKER_IPV4);
        }
    }

    private static void configure(String namespace, String ipv4, String ipv6) {
        run("ip -n " + namespace + " link set lo up");
        run("ip -n " + namespace + " address add " + ipv4 + "/24 dev link0");
        run("ip -n " + namespace + " address add " + ipv6 + "/64 dev link0 nodad");
        run("ip -n " + namespace + " link set link0 up");
    }

    /**
     * Drops all that comes in on either side, without a word to anyone.
     *
     * @return when the daemon still heard us last
     */
    Instant cut() {
        return block("meta l4proto { tcp, udp }");
    }

    /**
     * Drops what matches, in the way of {@code nft}, on its way into either side.
     *
     * @return when that was not so yet for the daemon
     */
    Instant block(String match) {
        Instant before = Instant.now();
        for (String side : List.of(speaker, peer)) {
            before = Instant.now();
            Commands.run(
                    "ip",
                    "netns",
                    "exec",
                    side,
                    "nft",
                    "table inet cut { chain in { type filter hook input priority 0; " + match + " drop; }; }");
        }
        return before;
    }

    void mend() {
        for (String side : List.of(speaker, peer)) {
            Commands.run("ip", "netns", "exec", side, "nft", "delete table inet cut");
        }
    }

    String[] inSpeaker() {
        return new String[] {"ip", "netns", "exec", speaker};
    }

    String[] inPeer() {
        return new String[] {"ip", "netns", "exec", peer};
    }

    String speaker() {
        return speaker;
    }

    String peer() {
        return peer;
    }

    /** What the daemon has put into the kernel's table of one family. */
    String kernelRoutes(String family, String protocol) {
        return Commands.run("ip", "-n", peer, family, "route", "show", "proto", protocol);
    }

    private static void run(String command) {
        Commands.run(command.split(" ", -1));
    }

    private static void remove(String namespace) {
        try {
            new ProcessBuilder("ip", "netns", "delete", namespace)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        remove(speaker);
        remove(peer);
    }
}
