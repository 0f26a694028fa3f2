#include "server/gateway/translations.h"

#include <gtest/gtest.h>

namespace marea::server {
namespace {

constexpr const char* kCatalogue = R"(# a comment
msgid ""
msgstr "Language: xx\n"

msgid "Plain."
msgstr "Llano."

msgid "In "
"two \"lines\"."
msgstr ""
"En dos "
"líneas."

msgid "Open."
msgstr ""

msgid "%1 of %2."
msgstr "%2: %1."

#, parts
msgid "%1 must be %2."
msgstr "%1 debe ser %2."

msgid "%1 must be nice."
msgstr "%1 debe ser bonito."

msgctxt "part"
msgid "one of %1"
msgstr "uno de %1"

msgctxt "part"
msgid "%1, or %2"
msgstr "%1 o %2"

msgctxt "part"
msgid "Plain thing"
msgstr "Cosa llana")";

class Catalogue : public testing::Test {
protected:
    const Translations words{kCatalogue};
};

TEST_F(Catalogue, ReadsMessages) {
    EXPECT_EQ(words.size(), 5u);
    EXPECT_EQ(words.of("Plain."), "Llano.");
    EXPECT_EQ(words.of("In two \"lines\"."), "En dos líneas.");
    EXPECT_EQ(words.of("Open."), "Open.");
    EXPECT_EQ(words.of("Language: xx\n"), "Language: xx\n");
}

TEST_F(Catalogue, PutsValuesWhereTheTranslationHasThem) {
    EXPECT_EQ(words.of("one of two."), "two: one.");
    EXPECT_EQ(words.of("a of b of c."), "b of c: a.");
    EXPECT_EQ(words.of("%2 of %1."), "%1: %2.") << "values are not looked through for places";
}

TEST_F(Catalogue, NeedsAValueAtEachPlace) {
    for (const char* text : {" of b.", "a of .", "of.", "a of b", "."}) {
        EXPECT_EQ(words.of(text), text);
    }
}

TEST_F(Catalogue, TakesTheTemplateThatSaysMost) {
    EXPECT_EQ(words.of("This must be nice."), "This debe ser bonito.");
    EXPECT_EQ(words.of("This must be big."), "This debe ser big.");
}

TEST_F(Catalogue, TranslatesPartsOnlyWhereTheyAreWords) {
    EXPECT_EQ(words.of("Plain thing must be one of a, or b."), "Cosa llana debe ser uno de a o b.");
    EXPECT_EQ(words.of("Plain thing of a, or b."), "a, or b: Plain thing.");
    EXPECT_EQ(words.of("Plain thing"), "Plain thing") << "a part is no text of its own";
}

TEST(EmptyCatalogue, LeavesEverything) {
    EXPECT_EQ(Translations("").of("Plain."), "Plain.");
    EXPECT_EQ(Translations("msgid").of("Plain."), "Plain.");
    EXPECT_EQ(Translations("msgid \"").of("Plain."), "Plain.");
}

}  // namespace
}  // namespace marea::server
