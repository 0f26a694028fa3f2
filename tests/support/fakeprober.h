#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <sstream>
#include <string>
#include <thread>

#include "core/io/clearfile.h"
#include "core/io/prober.h"

namespace marea::test {

// Reads files that tests write: lines of "key=value" as the tags and streams of a made-up file. What begins with
// "BROKEN" is corrupt, "CRASH" kills the worker, "SLOW" times out. Answers on a thread of its own, as workers do.
class FakeProber final : public core::Prober {
public:
    FakeProber() : thread_([this] { loop(); }) {}
    ~FakeProber() override {
        {
            const std::lock_guard lock(mutex_);
            stop_ = true;
        }
        changed_.notify_all();
        thread_.join();
    }

    std::atomic<int> probes{0}, images{0};
    std::function<void(const std::string& name)> beforeProbe;  // on the fake's thread

    void hold(bool on) {  // answers nothing until let go
        const std::lock_guard lock(mutex_);
        held_ = on;
        changed_.notify_all();
    }

    void probe(core::FileHandle file, std::string name, Done<core::MediaInfo> done) override {
        ++probes;
        post([this, name = std::move(name), text = read(file), done = std::move(done)] {
            if (beforeProbe) {
                beforeProbe(name);
            }
            done(infoOf(text));
        });
    }

    void image(core::FileHandle file, std::string, int maxEdge, Done<core::Image> done) override {
        ++images;
        post([text = read(file), maxEdge, done = std::move(done)] {
            if (text.starts_with("BROKEN")) {
                return done(core::fail(core::ErrorCode::Corrupt, "No picture."));
            }
            const std::string bytes = "\xff\xd8" + std::to_string(maxEdge) + text;
            done(core::Image{"image/jpeg", {bytes.begin(), bytes.end()}, maxEdge, maxEdge});
        });
    }

    static core::Result<core::MediaInfo> infoOf(const std::string& text) {
        if (text.starts_with("BROKEN")) {
            return core::fail(core::ErrorCode::Corrupt, "The file is damaged.");
        }
        if (text.starts_with("CRASH")) {
            return core::fail(core::ErrorCode::Unavailable, "Reading this file crashed twice.");
        }
        if (text.starts_with("SLOW")) {
            return core::fail(core::ErrorCode::Timeout, "Reading this file took too long.");
        }
        core::MediaInfo info;
        info.container = "matroska";
        info.duration = 60;
        core::StreamInfo picture;
        picture.kind = core::StreamKind::Video;
        picture.codec = "h264";
        picture.width = 1920;
        picture.height = 1080;
        bool video = false;
        std::istringstream lines(text);
        for (std::string line; std::getline(lines, line);) {
            const std::size_t equals = line.find('=');
            if (equals != std::string::npos) {
                take(line.substr(0, equals), line.substr(equals + 1), info, video);
                takePicture(line.substr(0, equals), line.substr(equals + 1), picture);
            }
        }
        core::StreamInfo sound;
        sound.kind = core::StreamKind::Audio;
        sound.codec = "flac";
        sound.channels = 2;
        if (video) {
            info.streams.push_back(picture);
            sound.index = 1;
        }
        info.streams.push_back(sound);
        return info;
    }

private:
    static void take(const std::string& key, const std::string& value, core::MediaInfo& info, bool& video) {
        core::Tags& tags = info.tags;
        if (key == "title")
            tags.title = value;
        if (key == "artist")
            tags.artist = value;
        if (key == "albumartist")
            tags.albumArtist = value;
        if (key == "composer")
            tags.composer = value;
        if (key == "album")
            tags.album = value;
        if (key == "genre")
            tags.genres.push_back(value);
        if (key == "year")
            tags.year = std::stoi(value);
        if (key == "track")
            tags.track = std::stoi(value);
        if (key == "disc")
            tags.disc = std::stoi(value);
        if (key == "lyrics")
            tags.lyrics = value;
        if (key == "gain")
            tags.replayGainTrack = std::stod(value);
        if (key == "albumgain")
            tags.replayGainAlbum = std::stod(value);
        if (key == "peak")
            tags.replayGainTrackPeak = std::stod(value);
        if (key == "compilation")
            tags.compilation = value == "1";
        if (key == "duration")
            info.duration = std::stod(value);
        if (key == "cover")
            info.hasCover = value == "1";
        if (key == "video")
            video = value == "1";
        if (key == "encrypted")
            info.encrypted = value == "1";
        if (key == "chapter")
            info.chapters.push_back({0, 10, value});
    }

    static void takePicture(const std::string& key, const std::string& value, core::StreamInfo& picture) {
        if (key == "width")
            picture.width = std::stoi(value);
        if (key == "height")
            picture.height = std::stoi(value);
        if (key == "hdr")
            picture.hdr = static_cast<core::HdrKind>(std::stoi(value));
    }

    static std::string read(const core::FileHandle& file) {
        std::string text(64 * 1024, '\0');
        auto reader = core::ClearReader::create(file);
        const auto got =
            reader ? reader->read(0, text.data(), text.size()) : core::unexpected<core::Error>(reader.error());
        text.resize(got.value_or(0));
        return text;
    }

    void post(std::function<void()> task) {
        const std::lock_guard lock(mutex_);
        queue_.push_back(std::move(task));
        changed_.notify_all();
    }

    void loop() {
        std::unique_lock lock(mutex_);
        for (;;) {
            changed_.wait(lock, [this] { return stop_ || (!held_ && !queue_.empty()); });
            if (queue_.empty() || (held_ && stop_)) {
                return;
            }
            auto task = std::move(queue_.front());
            queue_.pop_front();
            lock.unlock();
            task();
            lock.lock();
        }
    }

    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<std::function<void()>> queue_;
    bool stop_ = false, held_ = false;
    std::thread thread_;
};

}  // namespace marea::test
