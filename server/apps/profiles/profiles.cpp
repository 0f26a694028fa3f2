#include "server/apps/profiles/profiles.h"

#include <algorithm>

#include "core/base/jsonfields.h"

namespace marea::server {

using core::ErrorCode;
using core::fail;
using core::Result;
using core::unexpected;

namespace {

struct Row {
    std::string name, body;
};

Result<std::vector<Row>> rows(core::db::Session& session) {
    return session.all("SELECT name, body FROM stream_profiles ORDER BY name", {}, [](const core::db::Row& row) {
        return Row{row.string(0), row.string(1)};
    });
}

StreamProfilePtr builtIn(std::string_view name) {
    for (const StreamProfilePtr& profile : builtInProfiles()) {
        if (profile->name == name) {
            return profile;
        }
    }
    return nullptr;
}

core::unexpected<core::Error> ofTheFile() {
    return fail(ErrorCode::Conflict, "This profile is in the server's configuration file, and is changed there.");
}

core::unexpected<core::Error> unknown() {
    return fail(ErrorCode::NotFound, "There is no such profile.");
}

}  // namespace

const char* name(Profiles::Origin origin) {
    return origin == Profiles::Origin::BuiltIn ? "built_in" : origin == Profiles::Origin::Owner ? "owner" : "file";
}

Profiles::Profiles(core::db::Database& database, std::vector<StreamProfile> ofFile,
                   std::shared_ptr<const core::Clock> clock, std::shared_ptr<core::Logger> logger, WorkPool& pool)
    : database_(database), clock_(std::move(clock)), logger_(std::move(logger)), pool_(pool) {
    for (const StreamProfilePtr& profile : builtInProfiles()) {
        entries_[profile->name] = {profile, Origin::BuiltIn};
    }
    for (StreamProfile& profile : ofFile) {
        const std::string name = profile.name;
        entries_[name] = {std::make_shared<const StreamProfile>(std::move(profile)), Origin::File};
    }
}

Result<void> Profiles::load() {
    const auto saved = database_.readValue<std::vector<Row>>(rows);
    if (!saved) {
        return unexpected<core::Error>(saved.error());
    }
    for (const Row& row : *saved) {
        const auto value = core::parseJson(row.body);
        auto profile = value ? parseStreamProfile(*value, row.name) : unexpected<core::Error>(value.error());
        if (profile) {
            put({std::make_shared<const StreamProfile>(std::move(*profile)), Origin::Owner});
        } else {
            logger_->warning("profiles.not_readable", {{"name", row.name}, {"detail", profile.error().text}});
        }
    }
    return {};
}

// The file's stay.
void Profiles::put(const Entry& entry) {
    const std::lock_guard lock(mutex_);
    Entry& there = entries_[entry.profile->name];
    if (!there.profile || there.origin != Origin::File) {
        there = entry;
    }
}

std::optional<Profiles::Entry> Profiles::entry(std::string_view name) const {
    const std::lock_guard lock(mutex_);
    const auto found = entries_.find(name);
    return found == entries_.end() ? std::nullopt : std::optional(found->second);
}

StreamProfilePtr Profiles::find(std::string_view name) const {
    const auto found = entry(name);
    return found ? found->profile : nullptr;
}

std::vector<Profiles::Entry> Profiles::all() const {
    std::vector<Entry> list;
    const std::lock_guard lock(mutex_);
    for (const auto& [name, entry] : entries_) {
        list.insert(name == kDefaultProfile ? list.begin() : list.end(), entry);
    }
    return list;
}

Result<Profiles::Entry> Profiles::save(StreamProfile profile) {
    const std::string body = core::json::serialize(toJson(profile));
    auto saved = database_.write([&](core::db::Session& session) {
        return session.run(
            "INSERT INTO stream_profiles (name, body, updated_at) VALUES (?1, ?2, ?3) "
            "ON CONFLICT (name) DO UPDATE SET body = excluded.body, updated_at = excluded.updated_at",
            {profile.name, body, clock_->now()});
    });
    if (!saved) {
        return unexpected<core::Error>(saved.error());
    }
    const Entry entry{std::make_shared<const StreamProfile>(std::move(profile)), Origin::Owner};
    put(entry);
    return entry;
}

Result<Profiles::Entry> Profiles::add(StreamProfile profile) {
    const std::lock_guard lock(changing_);
    const auto list = all();
    const auto own = std::count_if(list.begin(), list.end(), [](const Entry& e) { return e.origin == Origin::Owner; });
    if (find(profile.name)) {
        return fail(ErrorCode::Conflict, "There is a profile of that name already.");
    }
    if (static_cast<std::size_t>(own) >= kMost) {
        return fail(ErrorCode::Conflict, "There are " + std::to_string(kMost) + " profiles already. Remove one first.");
    }
    return save(std::move(profile));
}

Result<Profiles::Entry> Profiles::replace(StreamProfile profile) {
    const std::lock_guard lock(changing_);
    const auto there = entry(profile.name);
    if (!there) {
        return unknown();
    }
    if (there->origin == Origin::File) {
        return ofTheFile();
    }
    return save(std::move(profile));
}

Result<void> Profiles::remove(std::string_view name) {
    const std::lock_guard lock(changing_);
    const auto there = entry(name);
    if (!there) {
        return unknown();
    }
    if (there->origin != Origin::Owner) {
        return there->origin == Origin::File
                   ? Result<void>(ofTheFile())
                   : fail(ErrorCode::Conflict, "This profile comes with the server. It can be changed, not removed.");
    }
    auto removed = database_.write(
        [&](core::db::Session& session) { return session.run("DELETE FROM stream_profiles WHERE name = ?1", {name}); });
    if (!removed) {
        return removed;
    }
    const std::lock_guard entries(mutex_);
    if (auto original = builtIn(name)) {
        entries_[std::string(name)] = {std::move(original), Origin::BuiltIn};
    } else {
        entries_.erase(std::string(name));
    }
    return {};
}

}  // namespace marea::server
