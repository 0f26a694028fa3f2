// Words about devices, and what a server's titles are to them.
#include <gtest/gtest.h>

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonObject>
#include <QLocale>
#include <QTranslator>

#include "app/devices/serveritems.h"
#include "app/viewmodels/devicetexts.h"

namespace marea::app::test {
namespace {

using L = QLatin1String;

QJsonObject fileOf(const char* name, const char* container, const char* codec) {
    const QJsonObject stream{
        {L("kind"), L("audio")}, {L("codec"), L(codec)}, {L("channels"), 2}, {L("sample_rate"), 44100}};
    return {{L("id"), L("f1")},
            {L("name"), L(name)},
            {L("container"), L(container)},
            {L("size"), 900},
            {L("streams"), QJsonArray{stream}}};
}

QJsonObject item(const char* kind, const QJsonObject& more, const QJsonObject& file) {
    QJsonObject json{{L("id"), L("m1")}, {L("kind"), L(kind)}, {L("status"), L("ok")}, {L("files"), QJsonArray{file}}};
    for (auto it = more.begin(); it != more.end(); ++it)
        json[it.key()] = it.value();
    return json;
}

std::string pathOf(const char* kind, const QJsonObject& more, const QJsonObject& file) {
    const auto made = libraryItemFrom(item(kind, more, file));
    return made ? made->path : "";
}

TEST(ServerItemsTest, HavePathsThatPeopleKnow) {
    const auto mp3 = fileOf("x.MP3", "mp3", "mp3");
    EXPECT_EQ(pathOf("track",
                     {{L("title"), L("Sea")}, {L("artist"), L("Ana")}, {L("album"), L("One")}, {L("track"), 3}}, mp3),
              "Ana/One/03 Sea.mp3");
    EXPECT_EQ(pathOf("track",
                     {{L("title"), L("AC/DC ..")},
                      {L("artist"), L("B")},
                      {L("album_artist"), L("A/B")},
                      {L("track"), 1},
                      {L("disc"), 2}},
                     mp3),
              "A-B/2-01 AC-DC ...mp3");
    EXPECT_EQ(pathOf("track", {{L("title"), L("..")}}, mp3), "Unknown artist/_.mp3");
    EXPECT_EQ(pathOf("movie", {{L("title"), L("Foghorn")}, {L("year"), 2021}}, fileOf("", "matroska", "aac")),
              "Foghorn (2021).mkv");
    EXPECT_EQ(
        pathOf("episode", {{L("title"), L("Gale")}, {L("series"), L("Coast")}, {L("season"), 1}, {L("episode"), 12}},
               fileOf("a.mp4", "mp4", "aac")),
        "Coast/Season 01/Coast S01E12 Gale.mp4");
}

TEST(ServerItemsTest, AreWhatThePlanWantsToKnow) {
    const auto made = libraryItemFrom(item("track", {{L("title"), L("Sea")}, {L("added_at"), 7}, {L("watched"), true}},
                                           fileOf("x.flac", "flac", "flac")));
    ASSERT_TRUE(made);
    EXPECT_EQ(made->fingerprint, "f1:900");
    EXPECT_EQ(made->format.audioCodec, "flac");
    EXPECT_EQ(made->format.sampleRate, 44100);
    EXPECT_FALSE(made->watched) << "music is never watched";
    const auto tagged = libraryItemFrom(item("track",
                                             {{L("title"), L("Sea")},
                                              {L("artist"), L("Ana")},
                                              {L("album"), L("One")},
                                              {L("album_artist"), L("All")},
                                              {L("genres"), QJsonArray{L("Folk"), L("Pop")}},
                                              {L("track"), 3},
                                              {L("year"), 1998}},
                                             fileOf("x.flac", "flac", "flac")));
    ASSERT_TRUE(tagged);
    EXPECT_EQ(tagged->tags, (sync::TrackTags{"Sea", "Ana", "One", "All", "Folk", 3, 1998}));
    auto broken = item("track", {}, fileOf("x.flac", "flac", "flac"));
    broken[L("status")] = L("broken");
    EXPECT_FALSE(libraryItemFrom(broken));
    EXPECT_FALSE(libraryItemFrom({{L("id"), L("m1")}, {L("kind"), L("album")}})) << "it has no file";
}

TEST(ServerItemsTest, EncodingsAreAskedForAsTheServerMakesThem) {
    sync::Encoding encoding{"mp3-192", "mp3", "mp3", "mp3", "", 192'000, 0};
    EXPECT_EQ(downloadFormOf(encoding), (DownloadForm{L("192"), L("mp3")}));
    encoding = {"aac-250", "mp4", "m4a", "aac", "", 250'000, 0};
    EXPECT_EQ(downloadFormOf(encoding), (DownloadForm{L("192"), L("m4a")})) << "not more than the device takes";
    encoding = {"h264-720", "mp4", "mp4", "aac", "h264", 3'200'000, 720};
    EXPECT_EQ(downloadFormOf(encoding), (DownloadForm{L("720p"), L("mp4")}));
    encoding.maxHeight = 500;
    EXPECT_EQ(downloadFormOf(encoding)->quality.toStdString(), "480p");
    encoding = {"wma", "asf", "wma", "wmav2", "", 128'000, 0};
    EXPECT_FALSE(downloadFormOf(encoding));
}

// What the planner can say. A reason that it learns needs words in every language.
TEST(DeviceTextsTest, EveryReasonHasWordsInSpanish) {
    QTranslator spanish;
    ASSERT_TRUE(spanish.load(QStringLiteral(":/i18n/marea_es.qm")));
    QCoreApplication::installTranslator(&spanish);
    for (const char* text :
         {"it is new", "it has changed", "it is missing on the device", "it is no longer wanted on this device",
          "it has another name or place now", "there is no room for 5 MB", "it shows no video",
          "its file would be larger than the device's 4295 MB", "it does not read flac files", "it does not play dts",
          "it plays at most 2 channels", "it plays at most 48000 Hz", "it plays at most 320 kbit/s",
          "its pictures are at most 1280×720", "somebody changed it on the device; it stays, and is no longer Marea's"})
        EXPECT_NE(devicetexts::reason(text).toStdString(), text);
    QCoreApplication::removeTranslator(&spanish);
    EXPECT_EQ(devicetexts::reason("it does not read flac files").toStdString(), "it does not read flac files");
    EXPECT_EQ(devicetexts::reason("something new").toStdString(), "something new");
    EXPECT_EQ(devicetexts::reason(""), QString());
}

// As ServerTexts has it: what the server's parts say stands in their own catalogue.
class OtherWords final : public QTranslator {
public:
    bool isEmpty() const override { return false; }
    QString translate(const char* context, const char* text, const char*, int) const override {
        return L(context) == L("Player") && L(text) == L("Reading the file takes too long")
                   ? QStringLiteral("La lectura del archivo tarda demasiado")
                   : QString();
    }
};

TEST(DeviceTextsTest, WhyAFileWasNotConvertedIsSaidInTheLanguageOfTheApplication) {
    OtherWords server;
    QTranslator spanish;
    ASSERT_TRUE(spanish.load(QStringLiteral(":/i18n/marea_es.qm")));
    QCoreApplication::installTranslator(&server);
    QCoreApplication::installTranslator(&spanish);
    const auto said = [](const char* text) {
        return devicetexts::error({core::ErrorCode::Unprocessable, {}, text}).toStdString();
    };
    EXPECT_EQ(said("Reading the file takes too long"), "La lectura del archivo tarda demasiado");
    EXPECT_EQ(said("The file could not be converted."), "No se pudo convertir el archivo.");
    EXPECT_EQ(said("Nobody knows this"), "Nobody knows this");
    QCoreApplication::removeTranslator(&spanish);
    QCoreApplication::removeTranslator(&server);
}

TEST(DeviceTextsTest, WhatAFolderSaysIsSaidInTheLanguageOfTheApplication) {
    QTranslator spanish;
    ASSERT_TRUE(spanish.load(QStringLiteral(":/i18n/marea_es.qm")));
    QCoreApplication::installTranslator(&spanish);
    const auto said = [](const char* text) {
        return devicetexts::folderError({core::ErrorCode::NotFound, {}, text}).toStdString();
    };
    EXPECT_EQ(said("The folder holds no music and no films. Is its drive there?"),
              "En la carpeta no hay música ni películas. ¿Está conectado su disco?");
    EXPECT_EQ(said("There is no folder /media/ana/Music."), "No hay ninguna carpeta /media/ana/Music.");
    EXPECT_EQ(said("B/Song.mp3 cannot be read, so it is not known what is in the library. Nothing was changed."),
              "No se puede leer B/Song.mp3, así que no se sabe qué hay en la biblioteca. No se cambió nada.");
    EXPECT_EQ(said("Nobody knows this"), "Nobody knows this");
    QCoreApplication::removeTranslator(&spanish);
}

// Under whichever code: the words of the code would say that it comes next time, or that the device is broken.
TEST(DeviceTextsTest, WhatTheEngineSaysOfOneFileIsSaid) {
    using core::ErrorCode;
    const auto said = [](ErrorCode code, const std::string& text) {
        return devicetexts::error({code, {}, text}).toStdString();
    };
    for (const char* text :
         {"Somebody changed it on the device meanwhile. It stays.",
          "Two files on the device have this name. Both stay.", "Another file has its name.",
          "A file has the name of a folder.", "None of its titles is on the device.",
          "The device gives more than the file is said to have.", "The device did not give the whole file.",
          "This is not a file.", "The file's name is not allowed.", "The folder cannot be opened.",
          "This device is being synced already."})
        for (const auto code : {ErrorCode::Conflict, ErrorCode::Corrupt, ErrorCode::Busy, ErrorCode::Forbidden,
                                ErrorCode::Invalid, ErrorCode::Unprocessable})
            EXPECT_EQ(said(code, text), text);
    EXPECT_EQ(said(ErrorCode::Conflict, "The file changed while it was copied."),
              "It changed meanwhile. The next sync takes it.");
    QTranslator spanish;
    ASSERT_TRUE(spanish.load(QStringLiteral(":/i18n/marea_es.qm")));
    QCoreApplication::installTranslator(&spanish);
    for (const char* text : {"The server can no longer be reached. What came stays; the next sync goes on.",
                             "The server does not give the file.", "The server did not make the file.",
                             "The server does not make this kind of file."})
        EXPECT_NE(said(ErrorCode::Unprocessable, text), text);
    QCoreApplication::removeTranslator(&spanish);
}

TEST(DeviceTextsTest, APlanIsToldInOneLine) {
    sync::Plan plan;
    plan.steps.resize(4);
    plan.steps[0].action = sync::Action::Copy;
    plan.steps[1].action = sync::Action::Transcode;
    plan.steps[2].action = sync::Action::Delete;
    plan.steps[3].action = sync::Action::Keep;
    plan.bytesToWrite = 3'200'000'000;
    plan.seconds = 200;
    EXPECT_EQ(devicetexts::steps(plan).toStdString(), "1 to copy · 1 to convert · 1 to remove · 1 there already");
    const auto button = devicetexts::syncButton(plan).toStdString();
    EXPECT_NE(button.find("3.2 GB"), std::string::npos) << button;
    EXPECT_NE(button.find("about 4 min"), std::string::npos) << button;
    EXPECT_EQ(devicetexts::syncButton({}).toStdString(), "Everything is there");
    sync::Plan cutOff;
    cutOff.leftovers = {"Music/marea-1.part"};
    EXPECT_EQ(devicetexts::syncButton(cutOff).toStdString(), "Tidy up");
    EXPECT_EQ(devicetexts::storage({250, 250, 0, 500, 1000}).size(), 4);
    EXPECT_DOUBLE_EQ(devicetexts::storage({250, 250, 0, 500, 1000})[0].toMap()[L("share")].toDouble(), 0.25);
}

TEST(DeviceTextsTest, MuchIsNotRemovedUnasked) {
    const auto text = [](std::size_t gone, std::size_t stays) {
        sync::Plan plan;
        plan.steps.resize(gone + stays);
        for (std::size_t i = 0; i < gone; ++i)
            plan.steps[i].action = sync::Action::Delete;
        plan.bytesToDelete = 9'000'000;
        return devicetexts::removals(plan).toStdString();
    };
    EXPECT_EQ(text(0, 0), "");
    EXPECT_EQ(text(4, 0), "") << "few";
    EXPECT_EQ(text(5, 5), "") << "half of it";
    EXPECT_EQ(text(19, 400), "");
    EXPECT_NE(text(5, 4), "") << "the larger part";
    EXPECT_NE(text(20, 400).find("20"), std::string::npos) << text(20, 400);
    EXPECT_NE(text(20, 400).find("9 MB"), std::string::npos) << text(20, 400);
}

}  // namespace
}  // namespace marea::app::test
