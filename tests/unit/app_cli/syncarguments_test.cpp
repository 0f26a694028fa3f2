#include "app/cli/syncarguments.h"

#include <gtest/gtest.h>

using namespace marea;
using namespace marea::app;

namespace {

void refused(const std::vector<std::string>& arguments, const std::string& words) {
    const auto asked = syncArguments(arguments);
    ASSERT_FALSE(asked);
    EXPECT_NE(asked.error().text.find(words), std::string::npos) << asked.error().text;
}

}  // namespace

TEST(SyncArguments, AreReadInBothForms) {
    const auto asked = syncArguments({"--run", "--device", "/media/stick", "--from=/music", "--kinds", "track,video",
                                      "--artists=Ana", "--newest", "20", "--fill", "32GB", "--unwatched", "--json",
                                      "--profile", "car", "--state", "s", "--playlists", "a,,b"});
    ASSERT_TRUE(asked) << asked.error().text;
    EXPECT_FALSE(asked->takeOver);
    EXPECT_TRUE(syncArguments({"--run", "--device", "d", "--from", "f", "--take-over"})->takeOver);
    EXPECT_EQ(asked->what, SyncArguments::What::Run);
    EXPECT_EQ(asked->device, "/media/stick");
    EXPECT_EQ(asked->from, "/music");
    EXPECT_EQ(asked->profile, "car");
    EXPECT_EQ(asked->rules.kinds, (std::vector<std::string>{"track", "video"}));
    EXPECT_EQ(asked->rules.playlists, (std::vector<std::string>{"a", "b"}));
    EXPECT_EQ(asked->rules.newest, 20u);
    EXPECT_EQ(asked->rules.fillBytes, 32'000'000'000);
    EXPECT_TRUE(asked->rules.unwatchedOnly && asked->json);
}

TEST(SyncArguments, AnImportNamesAFolderAndADevice) {
    const auto asked = syncArguments({"--import", "/home/me/Photos", "--device=mtp", "--storage", "SD card"});
    ASSERT_TRUE(asked) << asked.error().text;
    EXPECT_EQ(asked->what, SyncArguments::What::Import);
    EXPECT_EQ(asked->into, "/home/me/Photos");
    EXPECT_EQ(asked->storage, "SD card");
    refused({"--import", "/home/me/Photos"}, "--device");
    refused({"--import"}, "needs a value");
    refused({"--run", "--import", "x", "--device", "y"}, "Choose one");
}

TEST(SyncArguments, WrongUsageIsTold) {
    refused({}, "Choose one");
    refused({"--list", "--run"}, "Choose one");
    refused({"--run", "--device", "x"}, "--from");
    refused({"--plan", "--from", "x"}, "--device");
    refused({"--plan", "--device"}, "needs a value");
    refused({"--plan", "--devise", "x"}, "no option --devise");
    refused({"--list", "--json=yes"}, "takes no value");
    refused({"--list", "--newest", "many"}, "needs a number");
    refused({"--list", "--newest", "-1"}, "needs a number");
    refused({"--list", "--fill", "32 apples"}, "needs a size");
    refused({"extra"}, "no option extra");
    EXPECT_EQ(syncArguments({"--help"})->what, SyncArguments::What::Help);
}

TEST(SyncArguments, ADryRunIsAPlan) {
    for (const char* name : {"--dry-run", "-n"}) {
        EXPECT_EQ(syncArguments({"--run", name, "--device", "x", "--from", "y"})->what, SyncArguments::What::Plan);
        EXPECT_EQ(syncArguments({name, "--device", "x", "--from", "y"})->what, SyncArguments::What::Plan);
    }
    refused({"--import", "x", "--device", "y", "--dry-run"}, "--dry-run goes with --run");
    EXPECT_TRUE(syncArguments({"--list", "-v"})->verbose);
    EXPECT_TRUE(syncArguments({"--list", "--verbose"})->verbose);
}

TEST(SyncArguments, AMisspeltOptionIsAnsweredWithTheNearest) {
    refused({"--plan", "--devise", "x"}, "Did you mean --device?");
    refused({"--dryrun"}, "Did you mean --dry-run?");
    refused({"--profle=car"}, "Did you mean --profile?");
    EXPECT_EQ(syncArguments({"--frobnicate"}).error().text.find("Did you"), std::string::npos) << "nothing is near";
    for (const char* name :
         {"--list", "--plan",    "--run",      "--dry-run", "--import",    "--device",   "--storage",
          "--from", "--profile", "--profiles", "--kinds",   "--artists",   "--newest",   "--playlists",
          "--fill", "--state",   "--json",     "--verbose", "--unwatched", "--take-over"}) {
        EXPECT_NE(syncHelp().find(name), std::string::npos) << name << " is not in the help";
    }
}

TEST(SyncArguments, SizesAreThoseOnTheBox) {
    EXPECT_EQ(bytesFrom("500MB"), 500'000'000);
    EXPECT_EQ(bytesFrom("7kB"), 7000);
    EXPECT_EQ(bytesFrom("12"), 12);
    EXPECT_EQ(bytesFrom("2TB"), 2'000'000'000'000);
    for (const char* text : {"", "GB", "1.5GB", "-1", "9999999999TB", "1gb "}) {
        EXPECT_FALSE(bytesFrom(text)) << text;
    }
}
