package io.natator.bgp.it;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Two network namespaces and one link, for a speaker and a BIRD with a kernel table of its own. */
final class TwoNamespaces implements AutoCloseable {
    static final String SPEAKER_IPV4 = "10.99.0.1";
    static final String BIRD_IPV4 = "10.99.0.2";
    static final String SPEAKER_IPV6 = "2001:db8:99::1";
    static final String BIRD_IPV6 = "2001:db8:99::2";

    private final String speaker = "nat-bgp-s-" + ProcessHandle.current().pid();
    private final String bird = "nat-bgp-b-" + ProcessHandle.current().pid();

    TwoNamespaces() {
        if (!"root".equals(System.getProperty("user.name"))) {
            throw new IllegalStateException("this test makes network namespaces: run it as root");
        }
        remove(speaker);
        remove(bird);
        run("ip netns add " + speaker);
        run("ip netns add " + bird);
        run("ip -n " + speaker + " link add link0 type veth peer name link0 netns " + bird);
        configure(speaker, SPEAKER_IPV4, SPEAKER_IPV6);
        configure(bird, BIRD_IPV4, BIRD_IPV6);
    }

    private static void configure(String namespace, String ipv4, String ipv6) {
        run("ip -n " + namespace + " link set lo up");
        run("ip -n " + namespace + " address add " + ipv4 + "/24 dev link0");
        run("ip -n " + namespace + " address add " + ipv6 + "/64 dev link0 nodad");
        run("ip -n " + namespace + " link set link0 up");
    }

    String[] inSpeaker() {
        return new String[] {"ip", "netns", "exec", speaker};
    }

    String[] inBird() {
        return new String[] {"ip", "netns", "exec", bird};
    }

    /** What BIRD has put into the kernel's table of one family. */
    String kernelRoutes(String family) {
        return Commands.run("ip", "-n", bird, family, "route", "show", "proto", "bird");
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
        remove(bird);
    }
}
