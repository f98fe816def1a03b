package uk.ac.manchester.tornado.api.math;

/** The mathematical functions that kernels may call; each computes what {@link Math} computes, rounded to its type. */
public class TornadoMath {

    /** The functions are static. */
    public TornadoMath() {
    }

    /** The smaller value; NaN if one is. */
    public static float min(float a, float b) {
        return Math.min(a, b);
    }

    /** The smaller value; NaN if one is. */
    public static double min(double a, double b) {
        return Math.min(a, b);
    }

    /** The smaller value. */
    public static long min(long a, long b) {
        return Math.min(a, b);
    }

    /** The smaller value. */
    public static int min(int a, int b) {
        return Math.min(a, b);
    }

    /** The smaller value. */
    public static short min(short a, short b) {
        return (short) Math.min(a, b);
    }

    /** The smaller value. */
    public static byte min(byte a, byte b) {
        return (byte) Math.min(a, b);
    }

    /** The larger value; NaN if one is. */
    public static float max(float a, float b) {
        return Math.max(a, b);
    }

    /** The larger value; NaN if one is. */
    public static double max(double a, double b) {
        return Math.max(a, b);
    }

    /** The larger value. */
    public static long max(long a, long b) {
        return Math.max(a, b);
    }

    /** The larger value. */
    public static int max(int a, int b) {
        return Math.max(a, b);
    }

    /** The larger value. */
    public static short max(short a, short b) {
        return (short) Math.max(a, b);
    }

    /** The larger value. */
    public static byte max(byte a, byte b) {
        return (byte) Math.max(a, b);
    }

    /** The absolute value. */
    public static float abs(float value) {
        return Math.abs(value);
    }

    /** The absolute value. */
    public static double abs(double value) {
        return Math.abs(value);
    }

    /** The absolute value. */
    public static long abs(long value) {
        return Math.abs(value);
    }

    /** The absolute value. */
    public static int abs(int value) {
        return Math.abs(value);
    }

    /** The absolute value. */
    public static short abs(short value) {
        return (short) Math.abs(value);
    }

    /** The absolute value. */
    public static byte abs(byte value) {
        return (byte) Math.abs(value);
    }

    /** The value, moved into [min, max]; min where the two cross. */
    public static float clamp(float value, float min, float max) {
        return max(min, min(max, value));
    }

    /** The value, moved into [min, max]; min where the two cross. */
    public static double clamp(double value, double min, double max) {
        return max(min, min(max, value));
    }

    /** The value, moved into [min, max]; min where the two cross. */
    public static long clamp(long value, long min, long max) {
        return max(min, min(max, value));
    }

    /** The value, moved into [min, max]; min where the two cross. */
    public static int clamp(int value, int min, int max) {
        return max(min, min(max, value));
    }

    /** The value, moved into [min, max]; min where the two cross. */
    public static short clamp(short value, short min, short max) {
        return max(min, min(max, value));
    }

    /** The value, moved into [min, max]; min where the two cross. */
    public static byte clamp(byte value, byte min, byte max) {
        return max(min, min(max, value));
    }

    /** e to the power of the value. */
    public static float exp(float value) {
        return (float) Math.exp(value);
    }

    /** e to the power of the value. */
    public static double exp(double value) {
        return Math.exp(value);
    }

    /** The natural logarithm. */
    public static float log(float value) {
        return (float) Math.log(value);
    }

    /** The natural logarithm. */
    public static double log(double value) {
        return Math.log(value);
    }

    /** The logarithm to base 2. */
    public static float log2(float value) {
        return (float) (Math.log(value) / Math.log(2));
    }

    /** The logarithm to base 2. */
    public static double log2(double value) {
        return Math.log(value) / Math.log(2);
    }

    /** The square root. */
    public static float sqrt(float value) {
        return (float) Math.sqrt(value);
    }

    /** The square root. */
    public static double sqrt(double value) {
        return Math.sqrt(value);
    }

    /** The base to the power of the exponent. */
    public static float pow(float base, float exponent) {
        return (float) Math.pow(base, exponent);
    }

    /** The base to the power of the exponent. */
    public static double pow(double base, double exponent) {
        return Math.pow(base, exponent);
    }

    /** The largest whole number that is not above the value. */
    public static float floor(float value) {
        return (float) Math.floor(value);
    }

    /** The largest whole number that is not above the value. */
    public static double floor(double value) {
        return Math.floor(value);
    }

    /** The smallest whole number that is not below the value. */
    public static float ceil(float value) {
        return (float) Math.ceil(value);
    }

    /** The smallest whole number that is not below the value. */
    public static double ceil(double value) {
        return Math.ceil(value);
    }

    /** What is left of the value above its floor. */
    public static float fract(float value) {
        return value - floor(value);
    }

    /** What is left of the value above its floor. */
    public static double fract(double value) {
        return value - floor(value);
    }

    /** -1, 0 or 1, by the sign of the value. */
    public static float signum(float value) {
        return Math.signum(value);
    }

    /** -1, 0 or 1, by the sign of the value. */
    public static double signum(double value) {
        return Math.signum(value);
    }

    /** The sine of an angle in radians. */
    public static float sin(float value) {
        return (float) Math.sin(value);
    }

    /** The sine of an angle in radians. */
    public static double sin(double value) {
        return Math.sin(value);
    }

    /** The cosine of an angle in radians. */
    public static float cos(float value) {
        return (float) Math.cos(value);
    }

    /** The cosine of an angle in radians. */
    public static double cos(double value) {
        return Math.cos(value);
    }

    /** The tangent of an angle in radians. */
    public static float tan(float value) {
        return (float) Math.tan(value);
    }

    /** The tangent of an angle in radians. */
    public static double tan(double value) {
        return Math.tan(value);
    }

    /** The arc sine in radians. */
    public static float asin(float value) {
        return (float) Math.asin(value);
    }

    /** The arc sine in radians. */
    public static double asin(double value) {
        return Math.asin(value);
    }

    /** The arc cosine in radians. */
    public static float acos(float value) {
        return (float) Math.acos(value);
    }

    /** The arc cosine in radians. */
    public static double acos(double value) {
        return Math.acos(value);
    }

    /** The arc tangent in radians. */
    public static float atan(float value) {
        return (float) Math.atan(value);
    }

    /** The arc tangent in radians. */
    public static double atan(double value) {
        return Math.atan(value);
    }

    /** The hyperbolic tangent. */
    public static float tanh(float value) {
        return (float) Math.tanh(value);
    }

    /** The hyperbolic tangent. */
    public static double tanh(double value) {
        return Math.tanh(value);
    }

    /** The angle in radians of the point (x, y). */
    public static float atan2(float y, float x) {
        return (float) Math.atan2(y, x);
    }

    /** The angle in radians of the point (x, y). */
    public static double atan2(double y, double x) {
        return Math.atan2(y, x);
    }

    /** The inverse hyperbolic cosine. */
    public static float acosh(float value) {
        return (float) (Math.log(value + Math.sqrt((double) value * value - 1)));
    }

    /** The inverse hyperbolic cosine. */
    public static double acosh(double value) {
        return Math.log(value + Math.sqrt(value * value - 1));
    }

    /** The inverse hyperbolic sine. */
    public static float asinh(float value) {
        return (float) (Math.log(value + Math.sqrt((double) value * value + 1)));
    }

    /** The inverse hyperbolic sine. */
    public static double asinh(double value) {
        return Math.log(value + Math.sqrt(value * value + 1));
    }

    /** The sine of the value times pi. */
    public static float sinpi(float value) {
        return (float) (Math.sin(value * Math.PI));
    }

    /** The sine of the value times pi. */
    public static double sinpi(double value) {
        return Math.sin(value * Math.PI);
    }

    /** The cosine of the value times pi. */
    public static float cospi(float value) {
        return (float) (Math.cos(value * Math.PI));
    }

    /** The cosine of the value times pi. */
    public static double cospi(double value) {
        return Math.cos(value * Math.PI);
    }

    /** Degrees as radians. */
    public static float toRadians(float value) {
        return (float) Math.toRadians(value);
    }

    /** Degrees as radians. */
    public static double toRadians(double value) {
        return Math.toRadians(value);
    }

    /** Pi. */
    public static float floatPI() {
        return (float) Math.PI;
    }

    /** Pi. */
    public static double PI() {
        return Math.PI;
    }
}
