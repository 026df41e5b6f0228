package io.natator.softswitch.agent;

import java.util.Arrays;
import java.util.Optional;

/** OFPCR_ROLE_* (section 7.3.9). */
enum Role {
    NOCHANGE(0),
    EQUAL(1),
    MASTER(2),
    SLAVE(3);

    private final int number;

    Role(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    static Optional<Role> of(int number) {
        return Arrays.stream(values()).filter(role -> role.number == number).findFirst();
    }
}
