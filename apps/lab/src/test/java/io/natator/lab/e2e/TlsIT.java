package io.natator.lab.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.natator.lab.net.Inventory;
import io.natator.lab.net.Namespace;
import io.natator.lab.net.Pid;
import io.natator.lab.net.Program;
import io.natator.lab.net.Shell;
import io.natator.lab.net.Wait;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A switch whose controller is reached by TLS, behind OpenSSL: both show certificates, and check the other's. */
@Tag("e2e")
class TlsIT {
    private static final int FEATURES_REQUEST = 5;
    private static final int FEATURES_REPLY = 6;

    private Inventory inventory;
    private Namespace namespace;
    private Path dir;
    private Process server;

    @BeforeEach
    void up() {
        inventory = Inventory.create(ProcessHandle.current().pid() + ".tls", "tls", false);
        namespace = Namespace.create(inventory, "tls");
        dir = inventory.dir();
        authority("ca");
        authority("other");
    }

    @AfterEach
    void down() {
        if (server != null) {
            server.destroyForcibly();
        }
        inventory.remove();
    }

    @Test
    @Timeout(120)
    void speaksOpenFlowWithWhomItKnows() throws Exception {
        certificate("ca", "switch");
        certificate("ca", "controller");
        serve();
        Pid program = natator();
        OutputStream out = server.getOutputStream();
        InputStream in = server.getInputStream();
        out.write(message(0, 1));
        out.write(message(FEATURES_REQUEST, 2));
        out.flush();
        ByteBuffer reply;
        do {
            byte[] header = in.readNBytes(8);
            assertThat(header).as("the switch's log: %s", log()).hasSize(8);
            int length = ByteBuffer.wrap(header).getShort(2) & 0xFFFF;
            reply = ByteBuffer.allocate(length)
                    .put(header)
                    .put(in.readNBytes(length - 8))
                    .flip();
        } while (reply.get(1) != FEATURES_REPLY);
        assertThat(reply.getLong(8)).isEqualTo(0xA1);
        assertThat(program.isAlive()).isTrue();
    }

    @Test
    void refusesWhomItDoesNotKnow() throws Exception {
        certificate("ca", "switch");
        certificate("other", "controller");
        serve();
        Pid program = natator();
        Wait.until(
                "the refusal to be logged",
                Duration.ofSeconds(60),
                () -> log().contains("event=") && log().matches("(?s).*(certificat|certification|PKIX|handshake).*"));
        assertThat(program.isAlive()).isTrue();
        assertThat(server.getInputStream().available())
                .as("octets the controller got")
                .isZero();
    }

    private static byte[] message(int type, int xid) {
        return ByteBuffer.allocate(8)
                .put((byte) 4)
                .put((byte) type)
                .putShort((short) 8)
                .putInt(xid)
                .array();
    }

    private String log() {
        try {
            return Files.readString(dir.resolve("switch.out"));
        } catch (IOException e) {
            return "";
        }
    }

    private Pid natator() {
        return namespace.start(
                "switch",
                Program.command(
                        "switch",
                        "--dpid=a1",
                        "--ports=1=eth9",
                        "--controller=ssl:127.0.0.1:6653",
                        "--key=" + dir.resolve("switch.key"),
                        "--certificate=" + dir.resolve("switch.pem"),
                        "--ca=" + dir.resolve("ca.pem"),
                        "--control=" + dir.resolve("control")));
    }

    /** OpenSSL's server: what the switch says comes out of it, what is put in goes to the switch. */
    private void serve() throws IOException {
        List<String> command = new ArrayList<>(List.of("openssl", "s_server", "-accept", "6653", "-quiet"));
        command.addAll(List.of("-cert", dir.resolve("controller.pem").toString()));
        command.addAll(List.of("-key", dir.resolve("controller.key").toString()));
        command.addAll(List.of("-CAfile", dir.resolve("ca.pem").toString(), "-Verify", "1", "-verify_return_error"));
        server = new ProcessBuilder(namespace.command(command))
                .redirectError(dir.resolve("openssl.log").toFile())
                .start();
        Wait.until("OpenSSL to listen", () -> namespace.run("ss", "-ltnH").contains(":6653"));
    }

    private void authority(String name) {
        openssl("req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=%1$s -keyout %1$s.key"
                        .formatted(name)
                + " -out %s.pem".formatted(name));
    }

    private void certificate(String authority, String name) {
        openssl("req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=%1$s -keyout %1$s.key"
                        .formatted(name)
                + " -addext subjectAltName=IP:127.0.0.1 -out %s.csr".formatted(name));
        openssl("x509 -req -in %2$s.csr -CA %1$s.pem -CAkey %1$s.key -CAcreateserial".formatted(authority, name)
                + " -copy_extensions copy -days 2 -out %s.pem".formatted(name));
    }

    private void openssl(String arguments) {
        List<String> command = new ArrayList<>(List.of("env", "-C", dir.toString(), "openssl"));
        command.addAll(List.of(arguments.split(" ", -1)));
        String _ = Shell.run(command);
    }
}
