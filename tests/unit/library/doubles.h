#pragma once

#include <fcntl.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>

#include "core/db/sqlite.h"
#include "server/apps/library/mediasource.h"
#include "server/apps/library/playbackhandlers.h"
#include "tests/unit/stream/doubles.h"

namespace marea::server {

class FakeClock final : public core::Clock {
public:
    core::TimeMs now() const override { return time; }
    core::TimeMs time = 1'800'000'000'000;
};

class FakeTokens final : public StreamTokens {
public:
    std::string issue(const core::Id& session, const core::Id&, core::TimeMs expires) const override {
        return "token-" + session + "-" + std::to_string(expires);
    }
    core::Result<StreamGrant> check(std::string_view, std::string_view, core::TimeMs) const override {
        return StreamGrant{};
    }
    void revoke(const core::Id&, core::TimeMs) override {}
};

// Items and files put in by the test; the files lie in a folder of its own.
class FakeMedia final : public MediaSource {
public:
    std::map<core::Id, ItemDetail> known;
    std::map<core::Id, std::pair<core::Id, std::filesystem::path>> files;  // file or sidecar id → item, path
    std::map<core::Id, core::Result<std::optional<ProtectionSchemes>>> protections;
    std::vector<core::Id> plays;  // what was said to be played, in order

    Viewer viewer(const core::Id& user) override { return Viewer::everything(user); }
    core::Result<ItemDetail> item(const core::Id&, const core::Id& id) override {
        const auto found = known.find(id);
        return found != known.end() ? core::Result<ItemDetail>(found->second)
                                    : core::fail(core::ErrorCode::NotFound, "There is no such item.");
    }
    core::Result<std::vector<Item>> items(const core::Id&, const std::vector<core::Id>& ids) override {
        std::vector<Item> list;
        for (const core::Id& id : ids) {
            if (const auto found = known.find(id); found != known.end()) {
                list.push_back(found->second);
            }
        }
        return list;
    }
    core::Result<OpenedFile> openFile(const core::Id& user, const core::Id& id) override {
        const auto found = files.find(id);
        if (found == files.end() || user.empty()) {
            return core::fail(core::ErrorCode::NotFound, "There is no such file.");
        }
        OpenedFile opened;
        opened.file = core::FileHandle(::open(found->second.second.c_str(), O_RDONLY | O_CLOEXEC));
        opened.status.size = static_cast<std::int64_t>(std::filesystem::file_size(found->second.second));
        opened.status.modified = 1'700'000'000'000;
        opened.name = found->second.second.filename();
        opened.mimeType = "video/mp4";
        opened.etag = "\"e-" + std::to_string(opened.status.size) + "\"";
        opened.itemId = found->second.first;
        return opened;
    }
    core::Result<OpenedFile> openSidecar(const core::Id& user, const core::Id& id) override {
        return openFile(user, id);
    }
    core::Result<OpenedFile> openVobSubData(const core::Id& user, const core::Id& id) override {
        return openFile(user, id + ".sub");
    }
    core::Result<std::optional<ProtectionSchemes>> protection(const core::Id& id) override {
        const auto found = protections.find(id);
        return found == protections.end() ? core::Result<std::optional<ProtectionSchemes>>(std::nullopt)
                                          : found->second;
    }
    void played(const core::Id& id) override { plays.push_back(id); }
    core::json::object toJson(const Item& item, const core::Id&) const override { return {{"id", item.id}}; }
    std::string artworkUrl(const Item& item, const core::Id&) const override {
        return "/stream/t/" + item.id + "/artwork";
    }
};

// A database with two users and a log-in, and a film of 1,000 seconds.
class LibraryTest : public testing::Test {
protected:
    LibraryTest() {
        database = *core::db::openSqlite((folder / "marea.db").string(), {}, core::makeNullLogger());
        run("INSERT INTO users VALUES ('ana', 'Ana', 'ana', '', 'owner', 0)");
        run("INSERT INTO users VALUES ('ben', 'Ben', 'ben', '', 'member', 0)");
        run("INSERT INTO libraries VALUES ('lib', 'Films', '/films', 0, NULL, NULL)");
        run("INSERT INTO logins(id, user_id, device_name, created_at, last_seen_at, expires_at) "
            "VALUES ('login-1', 'ana', 'tv', 0, 0, 9999999999999)");
        addFilm(film, 1000);
        restart();
    }
    ~LibraryTest() override {
        service.reset();
        database.reset();
        std::filesystem::remove_all(folder);
    }

    StreamOptions streamOptions() {
        char name[] = "/tmp/marea-library-XXXXXX";
        folder = ::mkdtemp(name);
        StreamOptions options;
        options.folder = (folder / "cache").string();
        options.build = "test";
        options.spritesMade = [this](const StreamTitle&, const SpriteWish&) {
            return thumbnails ? std::optional(SegmentCache::Entry{}) : std::nullopt;
        };
        return options;
    }

    // A service as after a start of the server, on the same database.
    void restart() {
        service =
            std::make_unique<PlaybackService>(*database, tokens, clock, core::makeNullLogger(), PlaybackOptions{});
        ASSERT_TRUE(service->adoptOpen());
    }

    void run(std::string_view sql) {
        auto done = database->write([&](core::db::Session& db) { return db.run(sql); });
        ASSERT_TRUE(done) << done.error().detail;
    }
    std::int64_t number(std::string_view sql) {
        return *database->readValue<std::int64_t>([&](core::db::Session& db) -> core::Result<std::int64_t> {
            return db.first(sql, {}, [](const core::db::Row& row) { return row.integer(0); })->value_or(-1);
        });
    }
    std::string text(std::string_view sql) {
        return *database->readValue<std::string>([&](core::db::Session& db) -> core::Result<std::string> {
            return db.first(sql, {}, [](const core::db::Row& row) { return row.string(0); })->value_or("none");
        });
    }

    ItemDetail& addFilm(const core::Id& id, double duration, const char* kind = "movie") {
        ItemDetail detail;
        detail.id = id;
        detail.kind = kind;
        detail.title = "Film";
        detail.duration = duration;
        ItemFile file;
        file.id = id + "-file";
        file.extension = "mp4";
        file.status = "ok";
        file.mimeType = "video/mp4";
        file.info.container = "mp4";
        file.info.duration = duration;
        core::StreamInfo video, audio;
        video.kind = core::StreamKind::Video;
        video.codec = "h264";
        video.profile = "high";
        video.level = 40;
        audio.kind = core::StreamKind::Audio;
        audio.codec = "aac";
        audio.index = 1;
        audio.channels = 2;
        file.info.streams = {video, audio};
        detail.files.push_back(file);
        put(id + "-file", id, "film.mp4", "0123456789");
        run("INSERT OR REPLACE INTO media_items(id, library_id, kind, identity, title, sort_title, sort_key, added_at) "
            "VALUES ('" +
            id + "', 'lib', '" + kind + "', '" + id + "', 'Film', 'Film', 'film', 0)");
        return media.known[id] = detail;
    }
    void put(const core::Id& fileId, const core::Id& itemId, const std::string& name, const std::string& bytes) {
        std::filesystem::create_directories(folder / fileId);
        std::ofstream(folder / fileId / name, std::ios::binary) << bytes;
        media.files[fileId] = {itemId, folder / fileId / name};
    }

    Request request(std::string body = {}, std::vector<std::pair<std::string, std::string>> params = {},
                    const char* user = "ana") {
        Request made;
        made.body = std::move(body);
        made.params = std::move(params);
        made.requestId = "r1";
        made.principal = Principal{user, "login-1", user, "owner"};
        return made;
    }

    static core::json::value json(const Response& response) {
        const auto* shared = std::get_if<std::shared_ptr<const std::string>>(&response.body);
        const auto* own = std::get_if<std::string>(&response.body);
        return own || shared ? core::json::parse(own ? *own : **shared) : core::json::value(nullptr);
    }

    core::Id startPlaying(const core::Id& id, const char* user = "ana") {
        const Response response = playback().start(request(R"({"capabilities":{"preset":"mpv"}})", {{"id", id}}, user));
        EXPECT_EQ(response.status, 201);
        return core::Id(json(response).at("session_id").as_string());
    }
    int report(const core::Id& session, double position, const char* state = "playing", const char* user = "ana") {
        const std::string body = "{\"position\":" + std::to_string(position) + ",\"state\":\"" + state + "\"}";
        return playback().report(request(body, {{"id", session}}, user)).status;
    }
    // Answers as a client gets them, though the answer may come later.
    struct Handlers : PlaybackHandlers {
        using PlaybackHandlers::PlaybackHandlers;
        Response start(const Request& asked) {
            Response answer;
            PlaybackHandlers::start(asked, std::make_shared<Reply>([&](Response made) { answer = std::move(made); }));
            return answer;
        }
    };
    Handlers playback() { return Handlers(*service, media, &streams); }
    LibraryHandlers library() { return {*service, media}; }
    FileHandlers files() { return {*service, media}; }

    const core::Id film = "0190a000-0000-7000-8000-000000000001";
    std::filesystem::path folder;
    std::shared_ptr<FakeClock> clock = std::make_shared<FakeClock>();
    FakeTokens tokens;
    FakeMedia media;
    FakeMaker maker;
    bool thumbnails = false;  // were made ahead
    StreamService streams{streamOptions(), maker, core::makeNullLogger()};
    std::unique_ptr<core::db::Database> database;
    std::unique_ptr<PlaybackService> service;
};

}  // namespace marea::server
