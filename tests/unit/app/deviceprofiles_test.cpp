// What devices play, as people choose it.
#include "tests/unit/app/devicefakes.h"

namespace marea::app::test {
namespace {

using L = QLatin1String;

QString limitOf(const QVariantList& limits, const char* key) {
    for (const auto& one : limits)
        if (one.toMap()[L("key")] == L(key))
            return one.toMap()[L("text")].toString();
    return {};
}

TEST(DeviceProfiles, AreShownAsPeopleKnowThemAndComeBackTheSame) {
    for (const auto& profile : sync::builtInProfiles()) {
        ProfileViewModel draft;
        draft.begin(profile, L("STICK"), false);
        auto same = draft.result();
        std::sort(same.containers.begin(), same.containers.end());
        auto before = profile.containers;
        std::sort(before.begin(), before.end());
        EXPECT_EQ(same.containers, before) << profile.id;
        EXPECT_EQ(same.audio.size(), profile.audio.size()) << profile.id;
        EXPECT_TRUE(draft.problem().isEmpty());
    }
    ProfileViewModel draft;
    draft.begin(sync::profileFor(sync::builtInProfiles(), "a car"), L("Car"), false);
    EXPECT_EQ(checkedOf(draft.music()), QStringList{L("mp3")});
    EXPECT_TRUE(checkedOf(draft.films()).isEmpty());
    EXPECT_EQ(limitOf(draft.limits(), "height"), QString()) << "it shows none";
    draft.toggle(L("h264"));
    EXPECT_EQ(checkedOf(draft.files()), QStringList{L("file:mp4")});
    draft.choose(L("height"), 720);
    draft.toggle(L("flac"));
    draft.choose(L("rate"), 96'000);
    draft.choose(L("music"), L("mp3-320"));
    draft.setForModel(true);
    const auto profile = draft.result();
    EXPECT_EQ(sync::cannotPlay(profile, {"flac", "flac", "", 2, 96'000, 0, 0, 0}), "");
    EXPECT_NE(sync::cannotPlay(profile, {"flac", "flac", "", 2, 192'000, 0, 0, 0}), "");
    EXPECT_EQ(sync::cannotPlay(profile, {"mp4", "", "h264", 0, 0, 1280, 720, 0}), "");
    EXPECT_NE(sync::cannotPlay(profile, {"mp4", "", "h264", 0, 0, 1920, 1080, 0}), "");
    EXPECT_EQ(profile.audioEncoding->bitrate, 320'000);
    EXPECT_EQ(profile.models, std::vector<std::string>{"car"});
    for (const char* value : {"mp3", "flac", "h264"})
        draft.toggle(L(value));
    EXPECT_FALSE(draft.problem().isEmpty()) << "nothing is left";
    draft.toggle(L("mp3"));
    draft.setName(L("  "));
    EXPECT_FALSE(draft.problem().isEmpty());
}

// AAC comes in the same kind of file as films in MP4, and who plays the one need not play the other.
TEST(DeviceProfiles, FilesOfFilmsAndOfMusicAreChosenApart) {
    ProfileViewModel draft;
    draft.begin(sync::profileFor(sync::builtInProfiles(), "Google Pixel 7"), L("Pixel 7"), false);
    ASSERT_TRUE(checkedOf(draft.music()).contains(L("aac")));
    ASSERT_TRUE(checkedOf(draft.files()).contains(L("file:mp4")));
    draft.choose(L("film"), QString());
    draft.toggle(L("file:mp4"));
    EXPECT_EQ(draft.problem(), QString());
    const auto profile = draft.result();
    EXPECT_EQ(sync::cannotPlay(profile, {"mp4", "aac", "", 2, 44'100, 0, 0, 0}), "");
    EXPECT_NE(sync::cannotPlay(profile, {"mp4", "aac", "h264", 2, 44'100, 1280, 720, 0}), "");
    EXPECT_EQ(sync::cannotPlay(profile, {"matroska", "aac", "h264", 2, 44'100, 1280, 720, 0}), "");
    ProfileViewModel again;
    again.begin(profile, L("Pixel 7"), true);
    EXPECT_TRUE(checkedOf(again.music()).contains(L("aac")));
    EXPECT_FALSE(checkedOf(again.files()).contains(L("file:mp4"))) << "it does not come back";
    again.toggle(L("file:mp4"));
    again.toggle(L("aac"));
    const auto other = again.result();
    EXPECT_NE(sync::cannotPlay(other, {"mp4", "aac", "", 2, 44'100, 0, 0, 0}), "") << "no music in AAC";
    EXPECT_EQ(sync::cannotPlay(other, {"mp4", "", "h264", 0, 0, 1280, 720, 0}), "");
}

TEST(DeviceProfiles, FilmsWithoutAnyFileAreSaid) {
    ProfileViewModel draft;
    draft.begin(sync::profileFor(sync::builtInProfiles(), "Google Pixel 7"), L("Pixel 7"), false);
    for (const auto& file : checkedOf(draft.files()))
        draft.toggle(file);
    EXPECT_TRUE(draft.problem().contains(L("kind of file"))) << draft.problem().toStdString();
    draft.toggle(L("file:mkv"));
    EXPECT_TRUE(draft.problem().contains(L("MP4"))) << "what is made of others could not be read";
    draft.choose(L("film"), QString());
    EXPECT_EQ(draft.problem(), QString());
    auto hand = draft.result();
    hand.containers = {"flv", "mp3"};
    hand.filmContainers.reset();
    draft.begin(hand, L("Pixel 7"), true);
    EXPECT_EQ(draft.problem(), QString()) << "who wrote it by hand knows of other files";
    EXPECT_EQ(draft.result().containers, hand.containers);
}

// Names are as long as their field lets them be, in any script; a file that cannot be read would take all others away.
TEST(DeviceProfiles, OfAnyNameAreReadAgainAndWhatCannotBeReadIsNotKept) {
    const QTemporaryDir folder;
    const OwnProfiles own{DeviceFiles(folder.path().toStdString())};
    ProfileViewModel draft;
    auto car = sync::profileFor(sync::builtInProfiles(), "a car");
    car.models.clear();
    draft.begin(car, QString(120, QChar(0x10c)), false);
    draft.setName(QString(100, QChar(0x97f3)));
    draft.setForModel(true);
    auto profile = draft.result();
    profile.id = "own-1";
    ASSERT_TRUE(own.put(profile));
    auto kept = own.load();
    ASSERT_TRUE(kept && kept->size() == 1);
    EXPECT_EQ(QString::fromStdString(kept->front().name), QString(33, QChar(0x97f3)));
    EXPECT_EQ(QString::fromStdString(kept->front().models.at(0)), QString(50, QChar(0x10d)));
    profile.id = std::string(41, 'x');
    EXPECT_FALSE(own.put(profile));
    kept = own.load();
    ASSERT_TRUE(kept && kept->size() == 1);
    EXPECT_EQ(kept->front().id, "own-1");
}

TEST(DeviceProfiles, HoldForADeviceOrItsModelUntilMareasComeBack) {
    DeviceWorld world;
    ASSERT_TRUE(world.signIn());
    auto* device = world.opened();
    ASSERT_TRUE(device);
    const auto usual = device->profile();
    const int known = static_cast<int>(device->profiles().size());
    device->editProfile();
    EXPECT_FALSE(device->draft()->own());
    EXPECT_EQ(device->draft()->name(), L("STICK"));
    device->draft()->toggle(L("mp3"));
    device->keepProfile();
    EXPECT_NE(device->profile(), usual);
    EXPECT_EQ(device->profiles().size(), known + 1);
    ASSERT_TRUE(
        QTest::qWaitFor([&] { return device->plan()->count() > 0 && device->problems().isEmpty(); }, kDevicePatience));
    const DeviceFiles files(world.folder.filePath(QStringLiteral("devices")).toStdString());
    auto own = OwnProfiles(files).load();
    ASSERT_TRUE(own && own->size() == 1);
    EXPECT_TRUE(own->front().models.empty()) << "of this device alone";
    device->editProfile();
    EXPECT_TRUE(device->draft()->own());
    device->draft()->setForModel(true);
    device->keepProfile();
    own = OwnProfiles(files).load();
    ASSERT_TRUE(own && own->size() == 1) << "it is the same one";
    EXPECT_EQ(own->front().models, std::vector<std::string>{"stick"});
    EXPECT_EQ(sync::profileFor(*profilesWith(OwnProfiles(files).path()), "My STICK").id, own->front().id);
    device->forgetProfile();
    EXPECT_EQ(device->profile(), usual);
    EXPECT_FALSE(QFile::exists(QString::fromStdString(OwnProfiles(files).path())));
    // What somebody wrote by hand and is wrong is not written over.
    QFile file(QString::fromStdString(OwnProfiles(files).path()));
    ASSERT_TRUE(file.open(QIODevice::WriteOnly));
    file.write("{oh");
    file.close();
    device->editProfile();
    device->keepProfile();
    EXPECT_EQ(device->profile(), usual);
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    EXPECT_EQ(file.readAll(), "{oh");
}

}  // namespace
}  // namespace marea::app::test
