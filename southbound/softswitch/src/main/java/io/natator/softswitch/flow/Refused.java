package io.natator.softswitch.flow;

/** A change is refused; thrown from where that is decided to where the change was asked for. Has no stack trace. */
public final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Refusal refusal;

    public Refused(ErrorType error, String text) {
        super(text, null, false, false);
        refusal = error.because(text);
    }

    /** The OpenFlow error. */
    public Refusal refusal() {
        return refusal;
    }
}
