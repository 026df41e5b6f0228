package io.natator.lab.demo;

import java.util.Locale;

/** What a demo shows. */
public enum Scenario {
    /** The old block is seen outside as the new one, and back again. */
    RENUMBER("Natator renumbers a live block", """
               inside, untouched                    switch s1                     outside, new provider
            h1 192.168.2.10 --+                                             +-- client 203.0.113.10
                              +-- 192.168.2.1 [ NAT ] 10.0.0.2 -- router ---+
            h2 192.168.2.11 --+        OpenFlow  |               BGP | (BIRD)
                                                 +--- Natator -------+
                           192.168.2.0/24  is seen as  192.168.3.0/24   (IPv6 alike)
            """, "a block renumbered and back, nothing lost, nothing left behind"),

    /** Many hosts share few addresses by a software switch, beside a static block in the rules of the switch. */
    NAPT(
            "Natator lets a thousand hosts share eight addresses",
            """
            1,000 hosts 10.1.0.0/22 --+                                          +-- client 203.0.113.10
                                      +-- inside [ s1 ] outside -- router -------+      HTTP, DNS
            h1 192.168.2.10 ----------+          service            (BIRD)
                                                    |
                                                 [ ss1 ]   Natator's software switch: sessions
                        10.1.0.0/22 shares 198.51.100.0/29 by ports, on ss1
                        192.168.2.0/28 is seen as 192.168.3.0/28, by rules of s1 alone
            """,
            "a thousand hosts served by eight addresses, and nobody else noticed");

    private final String title;
    private final String picture;
    private final String done;

    Scenario(String title, String picture, String done) {
        this.title = title;
        this.picture = picture;
        this.done = done;
    }

    String title() {
        return title;
    }

    String picture() {
        return picture;
    }

    /** What can be said when all went well. */
    String done() {
        return done;
    }

    void play(Stage stage) {
        switch (this) {
            case RENUMBER -> new Renumber(stage).run();
            case NAPT -> new Napt(stage).run();
        }
    }

    /** As commands and files name it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
