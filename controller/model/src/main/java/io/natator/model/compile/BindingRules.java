package io.natator.model.compile;

import io.natator.model.rule.Rule;
import io.natator.model.session.Binding;
import java.util.List;

/** The rules that do the work of bindings of one {@link Offer}. Equal ones make equal rules. */
@FunctionalInterface
public interface BindingRules {
    /** The device can do none. */
    BindingRules NONE = _ -> List.of();

    /**
     * As many rules for each binding, none if the device can do none: they belong to the translation, and no rule of the
     * {@link Compilation} has their identity.
     */
    List<Rule> of(Binding binding);
}
