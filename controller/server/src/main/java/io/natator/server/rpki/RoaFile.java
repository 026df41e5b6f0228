package io.natator.server.rpki;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.natator.model.rpki.Vrp;
import io.natator.model.rpki.VrpSet;
import io.natator.model.southbound.RoaEvent;
import io.natator.model.southbound.RoaSource;
import io.natator.model.validate.Parsed;
import io.natator.model.validate.Texts;
import io.natator.server.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.onlab.packet.IpPrefix;

/**
 * A static list of ROAs in the JSON that validators export (rpki-client, Routinator, StayRTR): {@code {"roas": [{"prefix":
 * "198.51.100.0/24", "maxLength": 24, "asn": "AS65000"}]}}. Read once.
 */
public final class RoaFile implements RoaSource {
    private static final Pattern AS = Pattern.compile("(?:AS)?([0-9]{1,10})");
    private static final long MAX_AS = 0xFFFF_FFFFL;

    private final String name;
    private final VrpSet vrps;

    private RoaFile(String name, VrpSet vrps) {
        this.name = name;
        this.vrps = vrps;
    }

    /**
     * Reads {@code file}.
     *
     * @throws ConfigException naming the file, the entry and the remedy
     */
    public static RoaFile read(Path file) {
        try {
            return new RoaFile(file.toString(), parse(new ObjectMapper().readTree(Files.readAllBytes(file))));
        } catch (JacksonException e) {
            throw wrong(file, "not JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw wrong(file, "cannot be read: " + e.getMessage());
        } catch (ConfigException e) {
            throw wrong(file, e.getMessage());
        }
    }

    private static ConfigException wrong(Path file, String why) {
        return new ConfigException("bgp.rpki.file: " + file + ": " + why);
    }

    private static VrpSet parse(JsonNode root) {
        JsonNode roas = root.path("roas");
        if (!roas.isArray()) {
            throw new ConfigException("has no list \"roas\": write the JSON that RPKI validators export");
        }
        List<Vrp> vrps = new ArrayList<>(roas.size());
        for (int i = 0; i < roas.size(); i++) {
            vrps.add(vrp("roas[" + i + "]", roas.get(i)));
        }
        return VrpSet.of(vrps);
    }

    private static Vrp vrp(String field, JsonNode roa) {
        IpPrefix prefix =
                switch (Texts.prefix(field + ".prefix", roa.path("prefix").asText())) {
                    case Parsed.Ok<IpPrefix>(IpPrefix value) -> value;
                    case Parsed.Bad<IpPrefix>(var violation) ->
                        throw new ConfigException(violation.field() + ": " + violation.message());
                };
        int width = prefix.isIp4() ? 32 : 128;
        int maxLength = roa.path("maxLength").asInt(prefix.prefixLength());
        if (maxLength < prefix.prefixLength() || maxLength > width) {
            throw new ConfigException(field + ".maxLength: " + maxLength + " is out of range: write "
                    + prefix.prefixLength() + " to " + width);
        }
        var as = AS.matcher(roa.path("asn").asText());
        if (!as.matches() || Long.parseLong(as.group(1)) > MAX_AS) {
            throw new ConfigException(
                    field + ".asn: \"" + roa.path("asn").asText() + "\" is not an AS number: write AS65000");
        }
        return new Vrp(prefix, maxLength, Long.parseLong(as.group(1)));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void start(Consumer<RoaEvent> events) {
        events.accept(new RoaEvent.Vrps(name, vrps));
    }

    @Override
    public void close() {}
}
