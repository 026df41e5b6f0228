package io.natator.server;

/** What is to be closed towards switches and neighbours. */
interface Southbounds extends AutoCloseable {
    @Override
    void close();
}
