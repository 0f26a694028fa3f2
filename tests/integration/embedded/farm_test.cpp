// What makes files of folders for devices, with real workers.
#include <gtest/gtest.h>

#include <QDir>
#include <QFile>
#include <QTemporaryDir>

#include "app/devices/devicelibrary.h"
#include "app/embedded/embeddedfarm.h"
#include "server/host/filefarm.h"
#include "tests/integration/embedded/sound.h"

namespace marea::app {
namespace {

struct EmbeddedFarmTest : testing::Test {
    QTemporaryDir place;
    const FolderFarms farms = embeddedFarms(2);

    std::string pathOf(const char* name) const {
        return QDir(place.path()).filePath(QLatin1String(name)).toStdString();
    }
    FolderFarmPtr farm() const { return farms(pathOf("making")); }
    QStringList underWay() const {
        return QDir(QString::fromStdString(pathOf("making"))).entryList(QDir::AllEntries | QDir::NoDotAndDotDot);
    }
    core::Result<DeviceLibraryPtr> music() {
        QDir(place.path()).mkpath(QStringLiteral("music"));
        test::writeSound(QString::fromStdString(pathOf("music/silence.wav")));
        return readFolder(pathOf("music"), farm());
    }
};

const sync::Encoding kMp3{"mp3-192", "mp3", "mp3", "mp3", "", 192'000, 0};

TEST_F(EmbeddedFarmTest, LooksIntoFilesAndMakesOthersOfThem) {
    auto library = music();
    ASSERT_TRUE(library) << library.error().text;
    const sync::LibraryItem& item = (*library)->items.front();
    EXPECT_EQ(item.format.sampleRate, 8000);
    EXPECT_EQ(item.format.channels, 1);
    EXPECT_NEAR(item.duration, 2, 0.01);
    sync::SyncControl control;
    const auto made = (*library)->encoder->encode(item, kMp3, pathOf("made.mp3"), control);
    ASSERT_TRUE(made) << made.error().text << made.error().detail;
    QFile file(QString::fromStdString(pathOf("made.mp3")));
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    EXPECT_EQ(file.read(3), "ID3");
    EXPECT_GT(file.size(), 4000);
    EXPECT_FALSE(underWay().isEmpty());
    *library = nullptr;
    EXPECT_TRUE(underWay().isEmpty()) << "nothing of it stays with its last user gone";
}

TEST_F(EmbeddedFarmTest, IsTheSameForAllWhoUseItAtOnce) {
    const auto one = farm();
    ASSERT_TRUE(one);
    EXPECT_EQ(farm(), one);
}

TEST_F(EmbeddedFarmTest, MakesNothingThatWasCalledOff) {
    auto library = music();
    ASSERT_TRUE(library);
    sync::SyncControl control;
    control.cancel();
    const auto made = (*library)->encoder->encode((*library)->items.front(), kMp3, pathOf("made.mp3"), control);
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().code, core::ErrorCode::Cancelled);
    EXPECT_FALSE(QFile::exists(QString::fromStdString(pathOf("made.mp3"))));
}

TEST_F(EmbeddedFarmTest, ThereIsNoneWithoutTheWorkersProgram) {
    const auto made = server::FileFarm::open({pathOf("making"), 2, pathOf("no-worker")});
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().code, core::ErrorCode::NotFound);
}

}  // namespace
}  // namespace marea::app
