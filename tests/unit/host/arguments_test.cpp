#include "server/host/arguments.h"

#include <gtest/gtest.h>

namespace marea::server {
namespace {

const std::vector<CommandForm> kForms{
    {"serve",
     "",
     "Serve.",
     0,
     0,
     {{"--data", "DIR", "the folder"},
      {"--library", "NAME=DIR", "media"},
      {"--json", "", "JSON"},
      {"--help", "", "help"}}},
    {"user", "add NAME", "People.", 1, 2, {{"--role", "ROLE", "what they are"}, {"--help", "", "help"}}},
};

TEST(Arguments, TheFirstCommandIsTheDefault) {
    const auto a = parseArguments({"--data", "x", "--library=A=b", "--library", "C=d", "--json"}, kForms);
    ASSERT_TRUE(a);
    EXPECT_EQ(a->command, "serve");
    EXPECT_EQ(a->value("--data"), "x");
    EXPECT_EQ(a->value("--library"), "C=d");
    EXPECT_EQ(a->options.size(), 4U);
    EXPECT_TRUE(a->has("--json"));
    EXPECT_FALSE(a->has("--help"));
    EXPECT_TRUE(parseArguments({}, kForms));
}

TEST(Arguments, WordsAndTheEndOfOptions) {
    const auto a = parseArguments({"user", "add", "--role", "member", "--", "--ana"}, kForms);
    ASSERT_TRUE(a) << a.error().text;
    EXPECT_EQ(a->words, (std::vector<std::string>{"add", "--ana"}));
}

TEST(Arguments, MistakesAreSaidInWords) {
    const std::vector<std::vector<std::string>> wrong{{"nothing"},
                                                      {"--nope"},
                                                      {"--data"},
                                                      {"--json=1"},
                                                      {"serve", "word"},
                                                      {"user"},
                                                      {"user", "a", "b", "c"},
                                                      {"user", "a", "--data", "x"}};
    for (const auto& words : wrong) {
        const auto a = parseArguments(words, kForms);
        ASSERT_FALSE(a);
        EXPECT_EQ(a.error().code, core::ErrorCode::Invalid);
        EXPECT_GT(a.error().text.size(), 10U);
    }
    EXPECT_TRUE(parseArguments({"user", "--help"}, kForms)) << "help needs no words";
}

TEST(Arguments, HelpNamesEverything) {
    const std::string all = helpOf("marea-server", kForms), one = helpOf("marea-server", kForms[1]);
    for (const char* part : {"serve", "user", "--library NAME=DIR", "Exit codes"}) {
        EXPECT_NE(all.find(part), std::string::npos) << part;
    }
    EXPECT_NE(one.find("Usage: marea-server user add NAME"), std::string::npos);
    EXPECT_NE(one.find("--role ROLE"), std::string::npos);
}

}  // namespace
}  // namespace marea::server
