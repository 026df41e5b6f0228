package io.natator.softswitch.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ProfileTest {
    @Test
    void hardwareWithOneTableCanBeDescribed() {
        Profile profile = Profile.parse("of13-exact,tables=1,capacity=1000,meters=0");
        assertThat(profile.name()).isEqualTo("of13-exact");
        assertThat(profile.tables()).isEqualTo(1);
        assertThat(profile.capacity()).isEqualTo(1000);
        assertThat(profile.meters()).isZero();
        assertThat(profile.groups()).isEqualTo(Profile.FULL.groups());
        assertThat(profile.actions()).doesNotContain(Action.Kind.SET_FIELD_MASKED, Action.Kind.MOVE);
        assertThat(profile.matches()).contains(Field.IPV4_DST).doesNotContain(Field.IP_TTL);
        assertThat(profile.masks()).contains(Field.IPV4_DST).doesNotContain(Field.TCP_DST);
        assertThat(profile.bundles()).isFalse();
    }

    @Test
    void masksCanBeTakenAway() {
        assertThat(Profile.parse("full,masks=no").masks()).isEmpty();
        assertThat(Profile.parse("full")).isEqualTo(Profile.FULL);
    }

    @Test
    void whatIsNotUnderstoodIsSaid() {
        assertThatThrownBy(() -> Profile.parse("of10")).hasMessageContaining("no profile 'of10'");
        assertThatThrownBy(() -> Profile.parse("full,tables")).hasMessageContaining("name=value");
        assertThatThrownBy(() -> Profile.parse("full,tables=65")).hasMessageContaining("1 to 64 tables");
        assertThatThrownBy(() -> Profile.parse("full,tables=many")).hasMessageContaining("tables is a number");
        assertThatThrownBy(() -> Profile.parse("full,masks=maybe")).hasMessageContaining("yes or no");
        assertThatThrownBy(() -> Profile.parse("full,colour=red")).hasMessageContaining("no 'colour'");
    }
}
