package io.lakemesh.cli.demo;

import java.nio.charset.StandardCharsets;

/** The values of each column and how often they come, per mille or so of what five real forces published. */
final class SampleValues {
    static final byte[] VEHICLE = "Vehicle search".getBytes(StandardCharsets.UTF_8);
    static final byte[] TRUE = "True".getBytes(StandardCharsets.UTF_8);
    static final byte[] UTC = "00:00".getBytes(StandardCharsets.UTF_8);

    static final Weighted TYPES = Weighted.of("Person search", 758, "Person and Vehicle search", 242);
    static final Weighted PART_OF_OPERATION = Weighted.of("False", 544, "", 347, "True", 109);
    static final Weighted GENDERS = Weighted.of("Male", 873, "Female", 107, "", 20);
    static final Weighted AGES =
            Weighted.of("18-24", 374, "25-34", 213, "10-17", 198, "over 34", 178, "", 36, "under 10", 1);
    static final Weighted SELF_DEFINED = Weighted.of(
            "White - English/Welsh/Scottish/Northern Irish/British", 619,
            "Other ethnic group - Not stated", 127,
            "White - Any other White background", 62,
            "Black/African/Caribbean/Black British - African", 34,
            "Asian/Asian British - Any other Asian background", 29,
            "Black/African/Caribbean/Black British - Caribbean", 21,
            "Black/African/Caribbean/Black British - Any other Black/African/Caribbean background", 19,
            "", 18,
            "Asian/Asian British - Indian", 13,
            "Asian/Asian British - Pakistani", 12,
            "Asian/Asian British - Bangladeshi", 12,
            "Mixed/Multiple ethnic groups - Any other Mixed/Multiple ethnic background", 9,
            "Mixed/Multiple ethnic groups - White and Black Caribbean", 7,
            "White - Irish", 7,
            "Other ethnic group - Any other ethnic group", 5,
            "Mixed/Multiple ethnic groups - White and Black African", 4,
            "Mixed/Multiple ethnic groups - White and Asian", 3,
            "Asian/Asian British - Chinese", 1);
    static final Weighted OFFICER_DEFINED = Weighted.of("White", 748, "Black", 104, "Asian", 88, "Other", 34, "", 26);
    static final Weighted LEGISLATION = Weighted.of(
            "Misuse of Drugs Act 1971 (section 23)", 669,
            "Police and Criminal Evidence Act 1984 (section 1)", 309,
            "Criminal Justice and Public Order Act 1994 (section 60)", 13,
            "Firearms Act 1968 (section 47)", 4,
            "Poaching Prevention Act 1862 (section 2)", 3,
            "Wildlife and Countryside Act 1981 (section 19)", 1,
            "Deer Act 1991 (section 12)", 1);
    static final Weighted OBJECTS = Weighted.of(
            "Controlled drugs", 669,
            "Offensive weapons", 108,
            "Article for use in theft", 93,
            "Stolen goods", 80,
            "Evidence of offences under the Act", 17,
            "Anything to threaten or harm anyone", 13,
            "Articles for use in criminal damage", 11,
            "Firearms", 5,
            "Game or poaching equipment", 3,
            "", 1);
    static final Weighted OUTCOMES = Weighted.of(
            "A no further action disposal", 698,
            "Arrest", 129,
            "Khat or Cannabis warning", 63,
            "Community resolution", 55,
            "", 36,
            "Caution (simple or conditional)", 13,
            "Summons / charged by post", 5,
            "Penalty Notice for Disorder", 1);
    static final Weighted LINKED = Weighted.of("False", 609, "True", 295, "", 96);
    static final Weighted CLOTHING = Weighted.of("False", 970, "True", 25, "", 5);

    private SampleValues() {}
}
