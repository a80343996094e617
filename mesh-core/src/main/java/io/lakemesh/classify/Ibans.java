package io.lakemesh.classify;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** ISO 13616. */
final class Ibans {
    private static final String REGISTRY =
            "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 EE20 EG29 ES24 FI18"
                    + " FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32"
                    + " LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MR27 MT31 MU30 NL18 NO15 PK24 PL28 PS29 PT25 QA29 RO24"
                    + " RS22 SA24 SC31 SD18 SE24 SI19 SK24 SM27 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20";

    private static final Map<String, Integer> LENGTHS = lengths();

    private Ibans() {}

    private static Map<String, Integer> lengths() {
        Map<String, Integer> lengths = new HashMap<>();
        for (String entry : ColumnWords.list(REGISTRY)) {
            lengths.put(entry.substring(0, 2), Integer.parseInt(entry, 2, entry.length(), 10));
        }
        return lengths;
    }

    static boolean isIban(String text) {
        if (text.length() < 15 || text.length() > 42) {
            return false;
        }
        String iban = text.replace(" ", "").toUpperCase(Locale.ROOT);
        return iban.length() > 4
                && Integer.valueOf(iban.length()).equals(LENGTHS.get(iban.substring(0, 2)))
                && iban.chars().allMatch(c -> Digits.isDigit((char) c) || Digits.isUpper((char) c))
                && Checksums.mod97(iban.substring(4) + iban.substring(0, 4)) == 1;
    }
}
