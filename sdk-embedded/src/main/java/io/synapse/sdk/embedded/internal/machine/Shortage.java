package io.synapse.sdk.embedded.internal.machine;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

/** Says in a sentence what there is too little of. */
final class Shortage {
    private static final double BYTES_PER_GIB = 1024.0 * 1024 * 1024;

    private Shortage() {}

    static String ofCpus(double needed, double given) {
        return plain(needed) + " CPUs are needed and this machine has " + plain(given);
    }

    static String ofFreeGpus(double needed, double given) {
        return plain(needed) + " GPUs are needed and this machine has " + plain(given) + " free";
    }

    static String ofMemory(double neededBytes, double givenBytes) {
        return gib(neededBytes) + " of memory are needed and this machine has " + gib(givenBytes);
    }

    private static String gib(double bytes) {
        return plain(bytes / BYTES_PER_GIB) + " GiB";
    }

    /** At most two decimals, and none when there are none. */
    private static String plain(double number) {
        return new DecimalFormat("0.##", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(number);
    }
}
