package io.natator.softswitch.datapath;

import io.natator.softswitch.flow.Modification;
import io.natator.softswitch.flow.Refused;
import io.natator.softswitch.flow.Reply;
import io.natator.softswitch.table.Journal;
import java.util.ArrayList;
import java.util.List;

/**
 * The changes of one request, made step by step; packets may pass between two steps. As one: all are prepared, then packets
 * see all of them at once; or none, if one is refused. One by one: packets see each as soon as it is made.
 */
final class ChangeRun {
    private enum Doing {
        PREPARING,
        TAKING_BACK,
        TIDYING_UP,
        DONE
    }

    private final Changes changes;
    private final List<Modification> asked;
    private final boolean asOne;
    private final Journal journal;
    private final List<Reply.Refused> refused = new ArrayList<>();
    private Doing doing = Doing.PREPARING;
    private int next;

    ChangeRun(Changes changes, List<Modification> asked, boolean asOne) {
        this.changes = changes;
        this.asked = asked;
        this.asOne = asOne;
        journal = new Journal(asOne);
        changes.prepare();
    }

    Journal journal() {
        return journal;
    }

    List<Reply.Refused> refused() {
        return refused;
    }

    /** Does one step. Returns false if there is nothing left to do. */
    boolean step(long now) {
        switch (doing) {
            case PREPARING -> prepare(now);
            case TAKING_BACK -> {
                if (!journal.takeBack()) {
                    follow();
                }
            }
            case TIDYING_UP -> {
                if (!journal.tidyUp()) {
                    follow();
                }
            }
            case DONE -> {
                return false;
            }
        }
        return true;
    }

    private void prepare(long now) {
        if (next < asked.size()) {
            try {
                changes.make(asked.get(next), now, journal);
            } catch (Refused e) {
                refused.add(new Reply.Refused(next, e.refusal()));
                doing = Doing.TAKING_BACK;
                next = asOne ? asked.size() : next + 1;
                return;
            }
            next++;
        }
        if (!asOne || next == asked.size()) {
            changes.commit(journal);
            doing = Doing.TIDYING_UP;
        }
    }

    /** What comes after one change, or all of them, is done with. */
    private void follow() {
        if (next == asked.size()) {
            doing = Doing.DONE;
        } else {
            changes.prepare();
            doing = Doing.PREPARING;
        }
    }
}
