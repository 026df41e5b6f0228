package io.natator.softswitch.frame;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.natator.softswitch.flow.Key;
import io.natator.softswitch.steps.AnyTranslation;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;
import java.util.Random;

/**
 * A program of its own: parses, translates and changes frames, cut short at every length, that lie between pages which may not be
 * touched. Ends by SIGSEGV if one octet outside is read or written.
 */
public final class GuardedPages {
    /** Reads one octet behind a frame, to show that this would be noticed. */
    static final String STRAY = "stray";

    private static final long PAGE = 4096;
    private static final int PROT_NONE = 0;
    private static final int PROT_READ_WRITE = 3;
    private static final int MAP_PRIVATE_ANONYMOUS = 0x22;
    private static final int FRAMES = 1500;
    private static final AnyTranslation ANY = new AnyTranslation();

    private GuardedPages() {}

    /** @param arguments seed, and {@link #STRAY} or nothing */
    public static void main(String[] arguments) throws Throwable {
        Random random = new Random(Long.parseLong(arguments[0]));
        long page = mapThreeProtectTwo() + PAGE;
        if (arguments.length > 1) {
            System.out.println(Memory.u8(page + PAGE));
        }
        Samples samples = new Samples(random, Parser.MAX_TAGS + 1);
        long[] key = new long[Key.WORDS];
        for (int i = 0; i < FRAMES; i++) {
            cut(samples.next().octets(), page, key, random);
        }
        for (byte[] octets : AnyTranslation.errors()) {
            cut(octets, page, key, random);
        }
    }

    private static void cut(byte[] octets, long page, long[] key, Random random) {
        int first = random.nextInt(AnyFrame.CHANGES);
        for (int length = 0; length <= octets.length; length++) {
            byte[] cut = Arrays.copyOf(octets, length);
            visit(cut, page, key, first + length, random);
            visit(cut, page + PAGE - length, key, first + length, random);
        }
    }

    private static void visit(byte[] octets, long at, long[] key, int which, Random random) {
        Frame frame = new Frame();
        Headers headers = new Headers();
        MemorySegment.copy(octets, 0, Memory.ALL, JAVA_BYTE, at, octets.length);
        frame.address = at;
        frame.length = octets.length;
        frame.headroom = (int) (at % PAGE);
        Parser.parse(frame, headers, key);
        if (which % 4 == 0) {
            ANY.translate(frame, headers, key);
        }
        AnyFrame.change(frame, headers, key, which, random);
        for (int i = 0; i < 10; i++) {
            AnyFrame.change(frame, headers, key, random.nextInt(AnyFrame.CHANGES), random);
        }
    }

    @SuppressWarnings("restricted")
    private static long mapThreeProtectTwo() throws Throwable {
        Linker linker = Linker.nativeLinker();
        MethodHandle mmap = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("mmap"),
                FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG));
        MethodHandle mprotect = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("mprotect"),
                FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT));
        MemorySegment pages = (MemorySegment)
                mmap.invokeExact(MemorySegment.NULL, 3 * PAGE, PROT_READ_WRITE, MAP_PRIVATE_ANONYMOUS, -1, 0L);
        int before = (int) mprotect.invokeExact(pages.address(), PAGE, PROT_NONE);
        int after = (int) mprotect.invokeExact(pages.address() + 2 * PAGE, PAGE, PROT_NONE);
        if (pages.address() == -1 || before != 0 || after != 0) {
            throw new IllegalStateException("no pages to guard");
        }
        return pages.address();
    }
}
