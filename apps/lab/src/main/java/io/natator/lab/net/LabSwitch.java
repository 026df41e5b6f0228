package io.natator.lab.net;

import java.util.List;

/** The switch of a lab, whatever it is made of: ports {@code inside} and {@code outside} of its namespace. */
public interface LabSwitch {
    SwitchKind kind();

    /** Takes one more device of its namespace as the port of this number. */
    void addPort(String device, int number);

    /** Connects to a controller, {@code tcp:HOST:PORT}, and to no other. */
    void connect(String controller);

    /** Ends without warning. */
    void kill();

    /** Starts again after {@link #kill}, without rules. */
    void start();

    /** The rules, one a line, as {@code ovs-ofctl dump-flows} prints them. */
    List<String> flows();

    /** The rules without what changes by itself (counters, ages), sorted. */
    List<String> rules();

    /** Adds a rule as somebody else than Natator, as {@code ovs-ofctl add-flow} takes it. */
    void addFlow(String flow);

    /** Deletes rules likewise; an empty text deletes all. */
    void deleteFlows(String match);

    /** Makes a table hold no more than so many rules, until {@link #unlimit}. Other tables may become as small. */
    void limit(int table, int flows);

    /** Lifts {@link #limit}. */
    void unlimit();

    /** Begins to count the changes of rules that controllers send. */
    FlowModCount countFlowMods();

    /** What a person runs in the switch's namespace to see its rules. */
    List<String> dumpCommand();

    /** Changes of rules that controllers sent since it was made. */
    interface FlowModCount extends AutoCloseable {
        long flowMods();

        @Override
        void close();
    }
}
