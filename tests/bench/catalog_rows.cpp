// A catalogue of made-up files for tests/bench/catalog.py, written by the store's own code as a scan writes it.
//   catalog_rows DATABASE LIBRARY_PATH FILES
// Nine files in ten are tracks in albums of ten; of the others, half are films and half episodes. Titles are of
// made-up words, some far more frequent than others.

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <random>

#include "core/db/sqlite.h"
#include "server/apps/catalog/scanunit.h"

using namespace marea;
using namespace marea::server;

namespace {

constexpr int kFilesInFolder = 10;
constexpr std::size_t kFoldersAtOnce = 200;

class Maker {
public:
    Maker() {
        const std::string consonants = "bdfgklmnprstv", vowels = "aeiou";
        for (std::size_t i = 0; i < 40'000; ++i) {
            std::string word;
            const std::size_t syllables = 1 + random_() % 4;
            for (std::size_t s = 0; s < syllables; ++s) {
                word += consonants[random_() % consonants.size()];
                word += vowels[random_() % vowels.size()];
            }
            words_.push_back(std::move(word));
        }
    }

    std::string title(std::size_t most) {
        std::string text;
        for (std::size_t i = 1 + random_() % most; i > 0; --i) {
            text += (text.empty() ? "" : " ") + word();
        }
        text.front() = static_cast<char>(text.front() - 'a' + 'A');
        return text;
    }
    std::size_t below(std::size_t bound) { return random_() % bound; }

private:
    // Few words are in most titles, as in real ones.
    std::string word() {
        const double place = static_cast<double>(random_()) / static_cast<double>(std::mt19937_64::max());
        return words_[static_cast<std::size_t>(std::pow(place, 3) * static_cast<double>(words_.size() - 1))];
    }
    std::mt19937_64 random_{1};
    std::vector<std::string> words_;
};

class Units {
public:
    Units(core::Id library, std::size_t files) : library_(std::move(library)), files_(files) {
        for (std::size_t i = 0; i < files / 200 + 1; ++i) {
            artists_.push_back(maker_.title(2));
        }
    }

    bool done() const { return made_ >= files_; }
    ScanUnit next() {
        const std::size_t kind = ++folders_ % 20;
        ScanUnit unit = kind == 0 ? films() : kind == 1 ? season() : album();
        unit.libraryId = library_;
        unit.signature.fill(1);
        return unit;
    }

private:
    UnitFile file(const std::string& name, core::MediaInfo info) {
        ++made_;
        UnitFile one;
        one.name = name;
        one.stamp.size = static_cast<std::int64_t>(1'000'000 + made_);
        one.stamp.mtimeNs = static_cast<std::int64_t>(made_) * 1'000'000'000;
        one.stamp.inode = made_;
        for (std::size_t i = 0; i < 8; ++i) {
            one.fingerprint.push_back(static_cast<std::uint8_t>(made_ >> (8 * i)));
        }
        one.info = std::move(info);
        return one;
    }

    core::MediaInfo sound() {
        core::MediaInfo info;
        info.container = "flac";
        info.duration = 60 + static_cast<double>(maker_.below(400));
        core::StreamInfo stream;
        stream.kind = core::StreamKind::Audio;
        stream.codec = "flac";
        stream.channels = 2;
        info.streams.push_back(stream);
        return info;
    }

    core::MediaInfo picture() {
        static constexpr int kWidths[] = {720, 1280, 1920, 1920, 3840};
        core::MediaInfo info = sound();
        info.container = "matroska";
        info.duration = 1200 + static_cast<double>(maker_.below(8000));
        core::StreamInfo stream;
        stream.kind = core::StreamKind::Video;
        stream.codec = "hevc";
        stream.width = kWidths[maker_.below(5)];
        stream.height = stream.width * 9 / 16;
        stream.hdr = maker_.below(50) == 0 ? core::HdrKind::DolbyVision : core::HdrKind::None;
        info.streams.insert(info.streams.begin(), stream);
        return info;
    }

    ScanUnit album() {
        static constexpr const char* kGenres[] = {"Jazz",       "Rock", "Folk",  "Classical",
                                                  "Electronic", "Soul", "Tango", "Fado"};
        ScanUnit unit;
        const std::string artist = artists_[maker_.below(artists_.size())], name = maker_.title(3);
        unit.path = artist + "/" + name + " " + std::to_string(folders_);
        const int year = 1950 + static_cast<int>(maker_.below(75));
        const char* genre = folders_ % 1000 == 2 ? "Chiptune" : kGenres[maker_.below(8)];
        for (int track = 1; track <= kFilesInFolder; ++track) {
            core::MediaInfo info = sound();
            info.tags.title = maker_.title(4);
            info.tags.artist = info.tags.albumArtist = artist;
            info.tags.album = name;
            info.tags.track = track;
            info.tags.year = year;
            info.tags.genres = {genre};
            unit.files.push_back(file(std::to_string(track) + ".flac", std::move(info)));
        }
        return unit;
    }

    ScanUnit films() {
        ScanUnit unit;
        unit.path = "Films " + std::to_string(folders_);
        for (int i = 0; i < kFilesInFolder; ++i) {
            const std::string year = std::to_string(1950 + maker_.below(75));
            unit.files.push_back(file(maker_.title(3) + " (" + year + ").mkv", picture()));
        }
        return unit;
    }

    ScanUnit season() {
        ScanUnit unit;
        unit.path = maker_.title(3) + "/Season 1";
        for (int i = 1; i <= kFilesInFolder; ++i) {
            char number[16];
            std::snprintf(number, sizeof number, "S01E%02d", i);
            unit.files.push_back(file(maker_.title(2) + " " + number + ".mkv", picture()));
        }
        return unit;
    }

    core::Id library_;
    std::size_t files_, made_ = 0, folders_ = 0;
    Maker maker_;
    std::vector<std::string> artists_;
};

core::Result<void> fill(core::db::Database& database, const std::string& path, std::size_t files) {
    core::TimeMs now = 1'700'000'000'000;
    const core::Id library = core::newId(now);
    auto done = database.write([&](core::db::Session& session) {
        return session.run("INSERT INTO libraries(id, name, path, created_at) VALUES (?1, 'Made up', ?2, ?3)",
                           {std::string_view(library), std::string_view(path), now});
    });
    Units all(library, files);
    while (done && !all.done()) {
        std::vector<ScanUnit> units;
        while (units.size() < kFoldersAtOnce && !all.done()) {
            units.push_back(all.next());
        }
        now += 60'000;
        done = database.write([&](core::db::Session& session) { return applyUnits(session, units, now); });
    }
    return done;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 4) {
        std::fprintf(stderr, "catalog_rows DATABASE LIBRARY_PATH FILES\n");
        return 2;
    }
    auto database = core::db::openSqlite(argv[1], {}, core::makeNullLogger());
    auto done = database ? fill(**database, argv[2], std::strtoull(argv[3], nullptr, 10))
                         : core::unexpected<core::Error>(database.error());
    if (!done) {
        std::fprintf(stderr, "%s %s\n", done.error().text.c_str(), done.error().detail.c_str());
    }
    return done ? 0 : 1;
}
