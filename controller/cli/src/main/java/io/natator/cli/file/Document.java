package io.natator.cli.file;

import com.google.protobuf.Message;
import io.natator.cli.kind.EditableKind;
import java.util.Map;

/**
 * One resource of a file.
 *
 * @param kind its kind
 * @param resource the message, its name complete ("translations/office"), output-only fields left out
 * @param file as the user named it; "standard input" for {@code -}
 * @param lines first line of every field that was given, by path ("ports[0].gateways"); "" is the document's own
 */
public record Document<M extends Message>(EditableKind<M> kind, M resource, String file, Map<String, Integer> lines) {

    /** "translations/office". */
    public String name() {
        return kind.name(resource);
    }

    /** "office.yaml:3", of the field at {@code path} or the nearest one around it. */
    public String place(String path) {
        String around = path;
        while (!lines.containsKey(around) && !around.isEmpty()) {
            around = around.substring(0, Math.max(0, Math.max(around.lastIndexOf('.'), around.lastIndexOf('['))));
        }
        return file + ":" + lines.getOrDefault(around, 1);
    }
}
