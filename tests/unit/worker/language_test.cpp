#include "core/media/language.h"

#include <gtest/gtest.h>

using namespace marea::core;

TEST(Language, MapsBothFormsOfIso639) {
    EXPECT_EQ(languageTag("ger"), "de");
    EXPECT_EQ(languageTag("deu"), "de");
    EXPECT_EQ(languageTag("fre"), "fr");
    EXPECT_EQ(languageTag("fra"), "fr");
    EXPECT_EQ(languageTag("SPA"), "es");
    EXPECT_EQ(languageTag("en"), "en");
    EXPECT_EQ(languageTag("chi"), "zh");
    EXPECT_EQ(languageTag("Spanish"), "es");
}

TEST(Language, KeepsTagsAndTheirCase) {
    EXPECT_EQ(languageTag("pt-br"), "pt-BR");
    EXPECT_EQ(languageTag("zh-hant-tw"), "zh-Hant-TW");
    EXPECT_EQ(languageTag("eng-US"), "en-US");
    EXPECT_EQ(languageTag("fil"), "fil");
}

TEST(Language, GivesNothingForWhatIsNone) {
    for (const char* none : {"", "und", "mul", "zxx", "x", "12", "english commentary", "\xFF\xFE", "a-b-c-d", "en--US"})
        EXPECT_EQ(languageTag(none), "") << none;
    EXPECT_TRUE(isKnownLanguage("eng"));
    EXPECT_TRUE(isKnownLanguage("pt-BR"));
    EXPECT_FALSE(isKnownLanguage("commentary"));
}

TEST(Language, HasThreeLettersForFilesThatHaveRoomForNoMore) {
    EXPECT_EQ(languageCode("de-AT"), "deu");
    EXPECT_EQ(languageCode("zh"), "zho");
    EXPECT_EQ(languageCode("fil"), "fil");
    for (const char* none : {"", "x", "qq", "12", "english"})
        EXPECT_EQ(languageCode(none), "") << none;
}
