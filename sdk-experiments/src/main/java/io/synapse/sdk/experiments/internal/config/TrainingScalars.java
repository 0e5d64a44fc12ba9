package io.synapse.sdk.experiments.internal.config;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What words without quotes mean for the training: YAML 1.1 as PyYAML reads it, from which YAML 1.2 differs
 * (https://yaml.org/type/, wire/experiments.md, section 6).
 */
final class TrainingScalars {
    /** Python reads no integer of more digits. */
    private static final int MAX_DIGITS = 4_300;

    /** The patterns recur at each colon. */
    private static final int MAX_WITH_COLONS = 100;

    private static final Set<String> TRUE = Set.of("yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON");
    private static final Set<String> FALSE = Set.of("no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF");
    private static final Set<String> NULL = Set.of("", "~", "null", "Null", "NULL");

    private static final Pattern SIMPLE = Pattern.compile("[1-9][0-9]{0,17}");
    private static final Pattern NUMERIC = Pattern.compile("[-+.0-9][-+.:_0-9a-fA-FxX]*+");
    private static final Pattern FLOAT = Pattern.compile("[-+]?[0-9][0-9_]*+\\.[0-9_]*+([eE][-+][0-9]++)?"
            + "|\\.[0-9][0-9_]*+([eE][-+][0-9]++)?"
            + "|[-+]?[0-9][0-9_]*+(:[0-5]?[0-9])+\\.[0-9_]*+"
            + "|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");
    private static final Pattern INTEGER = Pattern.compile(
            "[-+]?(0b[01_]++|0[0-7_]++|0|[1-9][0-9_]*+" + "|0x[0-9a-fA-F_]++|[1-9][0-9_]*+(:[0-5]?[0-9])+)");
    private static final Pattern DATE = Pattern.compile("(\\d{4})-(\\d\\d)-(\\d\\d)");
    private static final Pattern TIME = Pattern.compile("(\\d{4})-(\\d\\d?)-(\\d\\d?)(?:[Tt]|[ \\t]++)"
            + "(\\d\\d?):(\\d\\d):(\\d\\d)(?:\\.\\d*+)?(?:[ \\t]*+(?:Z|[-+](\\d\\d?)(?::(\\d\\d))?))?");

    private TrainingScalars() {}

    /**
     * The value of a word.
     *
     * @return null, or a Boolean, Long, BigInteger, Double, String or {@link Timestamp}
     * @throws IllegalArgumentException when the training would fail to read it; the message is a sentence
     */
    static @Nullable Object value(String word) {
        if (NULL.contains(word)) {
            return null;
        }
        if (TRUE.contains(word)) {
            return true;
        }
        if (FALSE.contains(word)) {
            return false;
        }
        if (word.equals("=")) {
            throw new IllegalArgumentException("\"=\" without quotes is no value");
        }
        return "+-.0123456789".indexOf(word.charAt(0)) < 0 ? word : number(word);
    }

    private static Object number(String word) {
        if (SIMPLE.matcher(word).matches()) {
            return Long.valueOf(word);
        }
        int longest = word.indexOf(':') < 0 ? MAX_DIGITS : MAX_WITH_COLONS;
        if (word.length() > longest) {
            if (NUMERIC.matcher(word).matches()) {
                throw new IllegalArgumentException("a number has at most " + longest + " characters; quote text");
            }
            return word;
        }
        if (FLOAT.matcher(word).matches()) {
            return floating(word.replace("_", "").toLowerCase(Locale.ROOT));
        }
        if (INTEGER.matcher(word).matches()) {
            return integer(word.replace("_", ""));
        }
        Matcher date = DATE.matcher(word);
        Matcher time = TIME.matcher(word);
        return date.matches() || time.matches() ? timestamp(word, date, time) : word;
    }

    private static Double floating(String text) {
        double sign = text.startsWith("-") ? -1 : 1;
        String digits = unsigned(text);
        if (digits.equals(".inf")) {
            return sign * Double.POSITIVE_INFINITY;
        }
        if (digits.equals(".nan")) {
            return Double.NaN;
        }
        double value = 0;
        for (String place : digits.split(":", -1)) {
            value = value * 60 + Double.parseDouble(place);
        }
        return sign * value;
    }

    private static Number integer(String text) {
        String digits = unsigned(text);
        BigInteger value;
        try {
            value = magnitude(digits);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("\"" + text + "\" without quotes has no digits", e);
        }
        BigInteger signed = text.startsWith("-") ? value.negate() : value;
        return signed.bitLength() < Long.SIZE ? (Number) signed.longValue() : signed;
    }

    private static BigInteger magnitude(String digits) {
        if (digits.startsWith("0b")) {
            return new BigInteger(digits.substring(2), 2);
        }
        if (digits.startsWith("0x")) {
            return new BigInteger(digits.substring(2), 16);
        }
        if (digits.startsWith("0")) {
            return new BigInteger(digits, 8);
        }
        BigInteger value = BigInteger.ZERO;
        for (String place : digits.split(":", -1)) {
            value = value.multiply(BigInteger.valueOf(60)).add(new BigInteger(place));
        }
        return value;
    }

    private static String unsigned(String number) {
        return number.startsWith("-") || number.startsWith("+") ? number.substring(1) : number;
    }

    private static Timestamp timestamp(String word, Matcher date, Matcher time) {
        Matcher day = date.matches() ? date : time;
        try {
            LocalDate of = LocalDate.of(part(day, 1), part(day, 2), part(day, 3));
            if (of.getYear() == 0) {
                throw new DateTimeException("there is no year 0");
            }
            if (day == time) {
                LocalTime.of(part(time, 4), part(time, 5), part(time, 6));
                if (time.group(7) != null && part(time, 7) > 23) {
                    throw new DateTimeException("an offset is less than a day");
                }
            }
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("\"" + word + "\" without quotes is no date: " + e.getMessage(), e);
        }
        return new Timestamp(word);
    }

    private static int part(Matcher matcher, int group) {
        return Integer.parseInt(matcher.group(group));
    }

    /** Text of a number with which both YAML 1.1 and 1.2 mean this number. */
    static String text(double number) {
        if (Double.isNaN(number)) {
            return ".nan";
        }
        if (Double.isInfinite(number)) {
            return number < 0 ? "-.inf" : ".inf";
        }
        BigDecimal exact = new BigDecimal(Double.toString(number)).stripTrailingZeros();
        int exponent = exact.precision() - exact.scale() - 1;
        if (number == 0 || (exponent >= -4 && exponent < 16)) {
            String digits = exact.toPlainString();
            return (1 / number < 0 && number == 0 ? "-" : "") + digits + (digits.contains(".") ? "" : ".0");
        }
        String digits = exact.unscaledValue().abs().toString();
        return (number < 0 ? "-" : "") + digits.charAt(0) + "." + (digits.length() > 1 ? digits.substring(1) : "0")
                + "e" + (exponent < 0 ? "-" : "+") + Math.abs(exponent);
    }
}
