package io.natator.softswitch.config;

import io.natator.softswitch.flow.Ports;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A port of the switch.
 *
 * @param number 1 to {@link Ports#MAX}, unsigned
 * @param device name of the interface, which need not be there yet
 */
public record PortConfig(int number, String device) {
    private static final Pattern PORT = Pattern.compile("([0-9]{1,10})=([^/\\s]{1,15})");

    /**
     * Reads {@code 1=eth1,2=eth2}.
     *
     * @throws IllegalArgumentException with a text for people
     */
    public static List<PortConfig> parse(String text) {
        List<PortConfig> ports = new ArrayList<>();
        Set<Integer> numbers = new HashSet<>();
        Set<String> devices = new HashSet<>();
        for (String part : text.split(",", -1)) {
            Matcher m = PORT.matcher(part);
            if (!m.matches()) {
                throw new IllegalArgumentException("\"" + part + "\" is not NUMBER=INTERFACE, as in 1=eth1,2=eth2");
            }
            long number = Long.parseLong(m.group(1));
            if (number < 1 || number > Integer.toUnsignedLong(Ports.MAX)) {
                throw new IllegalArgumentException("\"" + part + "\": ports are numbered from 1 to 4294967040");
            }
            if (!numbers.add((int) number) || !devices.add(m.group(2))) {
                throw new IllegalArgumentException("\"" + part + "\": this port was given already");
            }
            ports.add(new PortConfig((int) number, m.group(2)));
        }
        return ports;
    }
}
