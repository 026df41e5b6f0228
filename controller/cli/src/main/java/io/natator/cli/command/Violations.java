package io.natator.cli.command;

import com.google.common.base.CaseFormat;
import com.google.rpc.BadRequest.FieldViolation;
import io.natator.cli.file.Document;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the line of a file that the daemon complains about. */
final class Violations {
    /** "resources[2].translation.inside", "translation.inside". */
    private static final Pattern RESOURCE = Pattern.compile("resources\\[(\\d+)\\]\\.?");

    private static final Pattern KIND = Pattern.compile("(?:translation|device|neighbor)(?:\\.|$)");

    private Violations() {}

    /** "office.yaml:3: inside", of a violation of one document or, by its index, of several. */
    static String place(FieldViolation violation, List<Document<?>> documents) {
        String field = violation.getField();
        int index = 0;
        Matcher resource = RESOURCE.matcher(field);
        if (resource.lookingAt()) {
            index = Integer.parseInt(resource.group(1));
            field = field.substring(resource.end());
        }
        Matcher kind = KIND.matcher(field);
        if (kind.lookingAt()) {
            field = field.substring(kind.end());
        }
        if (index >= documents.size()) {
            return violation.getField();
        }
        Document<?> document = documents.get(index);
        String place = document.place(snakeCase(field));
        return field.isEmpty() ? place : place + ": " + field;
    }

    private static String snakeCase(String field) {
        return CaseFormat.LOWER_CAMEL.to(CaseFormat.LOWER_UNDERSCORE, field);
    }
}
