package io.natator.model.rule;

import java.util.List;
import org.onosproject.net.flow.Extension;
import org.onosproject.net.flow.instructions.ExtensionPropertyException;

/**
 * What ONOS asks of extensions that it would ship between cluster members. Ours are immutable values that
 * never leave the process by this way, so there is nothing to set.
 */
sealed interface LocalExtension extends Extension
        permits AddressMatch, TtlMatch, SetAddress, Move, Translate, SetInPort {
    @Override
    default <T> void setPropertyValue(String key, T value) throws ExtensionPropertyException {
        throw new ExtensionPropertyException(key);
    }

    @Override
    @SuppressWarnings("TypeParameterUnusedInFormals") // ONOS says so.
    default <T> T getPropertyValue(String key) throws ExtensionPropertyException {
        throw new ExtensionPropertyException(key);
    }

    @Override
    default List<String> getProperties() {
        return List.of();
    }

    @Override
    default byte[] serialize() {
        return toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    @Override
    default void deserialize(byte[] data) {
        throw new IllegalStateException("immutable");
    }
}
