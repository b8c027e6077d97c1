package io.forgewatch.command.enterprise;

import java.util.regex.Pattern;

/** 统一社会信用代码 (GB 32100): 18 characters, of which the last checks the others (dossier §9). */
public final class CreditCode {

    private static final String ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    private static final Pattern FORM = Pattern.compile("[0-9A-HJ-NPQRTUWXY]{18}");
    private static final int[] WEIGHTS = {1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28};

    private CreditCode() {}

    public static boolean isWellFormed(String code) {
        return FORM.matcher(code).matches();
    }

    /** Whether the check digit agrees; false as well for what is not well-formed. */
    public static boolean checkDigitAgrees(String code) {
        if (!isWellFormed(code)) {
            return false;
        }
        int sum = 0;
        for (int i = 0; i < WEIGHTS.length; i++) {
            sum += WEIGHTS[i] * ALPHABET.indexOf(code.charAt(i));
        }
        int modulus = ALPHABET.length();
        return ALPHABET.charAt((modulus - sum % modulus) % modulus) == code.charAt(WEIGHTS.length);
    }
}
