package io.natator.lab.bench;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The instructions of a program that the kernel runs for every frame it generates: writes the headers of a UDP datagram with one
 * 16-bit word at random, its checksums right, and sends the frame out of an interface (BPF instruction set, RFC 9669).
 */
final class XdpProgram {
    /** Registers that hold the random words; they survive calls. */
    private static final int WORD = 7;

    private static final int OTHER = 8;
    private static final int LONGEST = 512;
    private static final int HEADERS = 42;
    private static final int IPV4 = 14;
    private static final int ADDRESSES = 26;
    private static final int PORTS = 34;
    private static final int UDP = 17;
    private static final int IPV4_SUM = 24;
    private static final int UDP_SUM = 40;
    private static final int PRANDOM = 7;
    private static final int REDIRECT = 23;
    private static final int DROP = 1;

    /** Class and source of an instruction, for 64-bit arithmetic. */
    private static final int ADD = 0x07;

    private static final int ADD_REGISTER = 0x0F;
    private static final int AND = 0x57;
    private static final int MODULO = 0x97;
    private static final int MOVE = 0xB7;
    private static final int MOVE_REGISTER = 0xBF;
    private static final int SHIFT_RIGHT = 0x77;
    private static final int XOR = 0xA7;
    private static final int TO_BIG_ENDIAN = 0xDC;
    private static final int LOAD_WORD = 0x61;
    private static final int STORE_WORD = 0x62;
    private static final int STORE_HALF_REGISTER = 0x6B;
    private static final int JUMP_GREATER_REGISTER = 0x2D;
    private static final int CALL = 0x85;
    private static final int EXIT = 0x95;

    private final ByteBuffer out = ByteBuffer.allocate(LONGEST * 8).order(ByteOrder.LITTLE_ENDIAN);

    private XdpProgram() {}

    /**
     * A word that is another one in every datagram, at random.
     *
     * @param at an even offset within the addresses or ports
     * @param first its least value
     * @param values how many it has
     */
    record Word(int at, int first, int values) {}

    /**
     * @param template a datagram without IPv4 options; the word and both checksums in it count as zero
     * @param ifindex where frames leave
     */
    static byte[] datagrams(byte[] template, Word word, int ifindex) {
        return datagrams(template, word, new Word(word.at, 0, 1), ifindex);
    }

    /** The same with two words, which may be one. */
    static byte[] datagrams(byte[] template, Word word, Word other, int ifindex) {
        XdpProgram program = new XdpProgram();
        program.write(template, word, other, ifindex);
        return Arrays.copyOf(program.out.array(), program.out.position());
    }

    private void write(byte[] template, Word word, Word other, int ifindex) {
        byte[] headers = Arrays.copyOf(template, HEADERS + 2);
        for (int at : new int[] {word.at, other.at, IPV4_SUM, UDP_SUM}) {
            headers[at] = 0;
            headers[at + 1] = 0;
        }
        boolean two = word.at != other.at;
        emit(MOVE_REGISTER, 6, 1, 0, 0);
        random(WORD, word);
        if (two) {
            random(OTHER, other);
        }
        emit(LOAD_WORD, 2, 6, 0, 0);
        emit(LOAD_WORD, 3, 6, 4, 0);
        emit(MOVE_REGISTER, 4, 2, 0, 0);
        emit(ADD, 4, 0, 0, headers.length);
        int tooShort = out.position();
        emit(JUMP_GREATER_REGISTER, 4, 3, 0, 0);
        ByteBuffer words = ByteBuffer.wrap(headers).order(ByteOrder.LITTLE_ENDIAN);
        for (int at = 0; at < headers.length; at += 4) {
            emit(STORE_WORD, 2, 0, at, words.getInt(at));
        }
        storeBig(WORD, word.at);
        if (two) {
            storeBig(OTHER, other.at);
        }
        checksum(IPV4_SUM, sum(headers, IPV4, PORTS), word.at < PORTS, two && other.at < PORTS);
        checksum(UDP_SUM, pseudoHeader(headers) + sum(template(template, headers), PORTS, template.length), true, two);
        emit(MOVE, 1, 0, 0, ifindex);
        emit(MOVE, 2, 0, 0, 0);
        emit(CALL, 0, 0, 0, REDIRECT);
        emit(EXIT, 0, 0, 0, 0);
        out.putShort(tooShort + 2, (short) ((out.position() - tooShort) / 8 - 1));
        emit(MOVE, 0, 0, 0, DROP);
        emit(EXIT, 0, 0, 0, 0);
    }

    private void random(int register, Word word) {
        emit(CALL, 0, 0, 0, PRANDOM);
        emit(MODULO, 0, 0, 0, word.values);
        emit(ADD, 0, 0, 0, word.first);
        emit(MOVE_REGISTER, register, 0, 0, 0);
    }

    /** The whole datagram with what is zero in the headers. */
    private static byte[] template(byte[] template, byte[] headers) {
        byte[] all = template.clone();
        System.arraycopy(headers, 0, all, 0, Math.min(headers.length, all.length));
        return all;
    }

    /** Writes the checksum of what is constant, and of the words that it covers. */
    private void checksum(int at, int constant, boolean word, boolean other) {
        emit(MOVE, 4, 0, 0, constant);
        if (word) {
            emit(ADD_REGISTER, 4, WORD, 0, 0);
        }
        if (other) {
            emit(ADD_REGISTER, 4, OTHER, 0, 0);
        }
        for (int fold = 0; fold < 2; fold++) {
            emit(MOVE_REGISTER, 5, 4, 0, 0);
            emit(SHIFT_RIGHT, 5, 0, 0, 16);
            emit(AND, 4, 0, 0, 0xFFFF);
            emit(ADD_REGISTER, 4, 5, 0, 0);
        }
        emit(XOR, 4, 0, 0, -1);
        storeBig(4, at);
    }

    private void storeBig(int register, int at) {
        emit(MOVE_REGISTER, 5, register, 0, 0);
        emit(TO_BIG_ENDIAN, 5, 0, 0, 16);
        emit(STORE_HALF_REGISTER, 2, 5, at, 0);
    }

    private static int pseudoHeader(byte[] headers) {
        int length = ByteBuffer.wrap(headers).getShort(38) & 0xFFFF;
        return sum(headers, ADDRESSES, PORTS) + UDP + length;
    }

    private static int sum(byte[] octets, int from, int to) {
        int sum = 0;
        for (int at = from; at < to; at++) {
            sum += (octets[at] & 0xFF) << ((at - from) % 2 == 0 ? 8 : 0);
        }
        sum = (sum & 0xFFFF) + (sum >>> 16);
        return (sum & 0xFFFF) + (sum >>> 16);
    }

    private void emit(int code, int destination, int source, int offset, int immediate) {
        out.put((byte) code)
                .put((byte) (source << 4 | destination))
                .putShort((short) offset)
                .putInt(immediate);
    }
}
