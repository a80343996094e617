package io.lakemesh.classify;

import java.util.Locale;

/** Kinds of personal data that a column's values can look like. */
public enum PersonalKind {
    EMAIL("e-mail addresses", "confidential"),
    PHONE("telephone numbers", "confidential"),
    IBAN("bank accounts (IBAN)", "restricted"),
    CARD("payment card numbers", "restricted"),
    DUTCH_BSN("Dutch citizen service numbers (BSN)", "restricted"),
    SPANISH_DNI("Spanish identity numbers (DNI, NIE)", "restricted"),
    FRENCH_NIR("French social security numbers (NIR)", "restricted"),
    POLISH_PESEL("Polish identity numbers (PESEL)", "restricted"),
    BELGIAN_NATIONAL_NUMBER("Belgian national numbers", "restricted"),
    ITALIAN_CODICE_FISCALE("Italian tax codes (codice fiscale)", "restricted"),
    SWEDISH_PERSONNUMMER("Swedish personal identity numbers (personnummer)", "restricted"),
    UK_NHS_NUMBER("UK NHS numbers", "restricted"),
    UK_NINO("UK national insurance numbers", "restricted"),
    US_SSN("US social security numbers", "restricted"),
    BIRTH_DATE("dates of birth", "confidential"),
    COORDINATES("coordinates", "confidential"),
    PERSON_NAME("names of people", "confidential"),
    FREE_TEXT("free text, which can name anybody", "confidential");

    private final String described;
    private final String classification;

    PersonalKind(String described, String classification) {
        this.described = described;
        this.classification = classification;
    }

    /** In words, as a plural. */
    public String described() {
        return described;
    }

    /** What such a column should at least be classified as. */
    public String classification() {
        return classification;
    }

    /** The key in reports. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
