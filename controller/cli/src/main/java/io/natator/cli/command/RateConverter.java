package io.natator.cli.command;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How often something happens, as a number a second: "6/h", "0.5/s". */
final class RateConverter implements ITypeConverter<Double> {
    private static final Pattern RATE = Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,9})?) ?/ ?(s|m|h|d)");

    @Override
    public Double convert(String text) {
        Matcher m = RATE.matcher(text);
        double rate = m.matches() ? Double.parseDouble(m.group(1)) : 0;
        if (rate == 0) {
            throw new TypeConversionException(
                    "\"" + text + "\" is no rate; write how often, and a unit of time: 0.5/s, 10/m, 6/h or 20/d");
        }
        return switch (m.group(2)) {
            case "m" -> rate / 60;
            case "h" -> rate / 3600;
            case "d" -> rate / 86400;
            default -> rate;
        };
    }
}
