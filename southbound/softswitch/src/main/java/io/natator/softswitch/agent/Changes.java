package io.natator.softswitch.agent;

import io.natator.softswitch.flow.Modification;
import io.natator.softswitch.flow.Reply;
import io.natator.softswitch.flow.Request;
import java.util.ArrayList;
import java.util.List;

/** Changes that came one after the other and go to the datapath as one request, with what an error sends back. */
final class Changes {
    private static final int MOST = 512;

    private final Requests requests;
    private final Errors errors;
    private List<Modification> changes = new ArrayList<>();
    private List<byte[]> heads = new ArrayList<>();

    Changes(Requests requests, Errors errors) {
        this.requests = requests;
        this.errors = errors;
    }

    void add(Modification change, byte[] head) {
        changes.add(change);
        heads.add(head);
        if (changes.size() == MOST) {
            flush();
        }
    }

    /** Must come before anything else is asked. */
    void flush() {
        if (changes.isEmpty()) {
            return;
        }
        List<byte[]> asked = heads;
        requests.askOnce(new Request.Modify(changes), reply -> answered(asked, reply));
        changes = new ArrayList<>();
        heads = new ArrayList<>();
    }

    private void answered(List<byte[]> asked, Reply reply) {
        if (reply instanceof Reply.Done(List<Reply.Refused> refused)) {
            refused.forEach(r -> errors.changeRefused(r.refusal(), asked.get(r.index())));
        }
    }
}
