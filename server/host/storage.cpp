#include "server/host/storage.h"

#include <algorithm>
#include <filesystem>

namespace marea::server {

namespace fs = std::filesystem;
namespace json = core::json;

namespace {

constexpr const char* kDatabase = "marea.db";

core::TimeMs modifiedAt(const fs::directory_entry& entry) {
    std::error_code error;
    const auto at = entry.last_write_time(error);
    if (error) {
        return 0;
    }
    const auto system = std::chrono::file_clock::to_sys(at);
    return std::chrono::duration_cast<std::chrono::milliseconds>(system.time_since_epoch()).count();
}

std::int64_t sizeOf(const fs::path& file) {
    std::error_code error;
    const auto size = fs::file_size(file, error);
    return error ? 0 : static_cast<std::int64_t>(size);
}

void addSpace(json::object& out, const std::optional<VolumeSpace>& space) {
    out["free"] = space ? json::value(space->free) : json::value(nullptr);
    out["total"] = space ? json::value(space->total) : json::value(nullptr);
}

json::array copiesJson(const std::vector<StoredFile>& files) {
    json::array list;
    for (const StoredFile& file : files) {
        list.push_back(json::object{{"name", file.name}, {"bytes", file.bytes}, {"modified", file.modified}});
    }
    return list;
}

json::array cachesJson(const std::vector<CacheUse>& caches) {
    json::array list;
    for (const CacheUse& cache : caches) {
        list.push_back(json::object{{"name", cache.name},
                                    {"bytes", cache.bytes},
                                    {"limit", cache.limit ? json::value(*cache.limit) : json::value(nullptr)}});
    }
    return list;
}

json::array librariesJson(const std::vector<StorageReport::Library>& libraries) {
    json::array list;
    for (const auto& [size, space] : libraries) {
        json::object library{
            {"id", size.id}, {"name", size.name}, {"path", size.path}, {"files", size.files}, {"bytes", size.bytes}};
        addSpace(library, space);
        list.push_back(std::move(library));
    }
    return list;
}

}  // namespace

std::optional<VolumeSpace> spaceOf(const std::string& folder) {
    std::error_code error;
    const auto space = fs::space(folder, error);
    return error ? std::nullopt
                 : std::optional(VolumeSpace{static_cast<std::int64_t>(space.available),
                                             static_cast<std::int64_t>(space.capacity)});
}

std::int64_t bytesBelow(const std::string& folder, std::size_t most) {
    std::error_code error;
    std::int64_t bytes = 0;
    fs::recursive_directory_iterator at(folder, fs::directory_options::skip_permission_denied, error);
    for (std::size_t seen = 0; !error && at != fs::recursive_directory_iterator() && seen < most; ++seen) {
        std::error_code gone;
        if (at->is_regular_file(gone) && !gone) {
            bytes += sizeOf(at->path());
        }
        at.increment(error);
    }
    return bytes;
}

std::vector<StoredFile> databaseCopies(const std::string& dataFolder) {
    std::vector<StoredFile> copies;
    std::error_code error;
    const std::string prefix = std::string(kDatabase) + ".before-";
    for (fs::directory_iterator at(dataFolder, error); !error && at != fs::directory_iterator(); at.increment(error)) {
        const std::string name = at->path().filename().string();
        if (name.starts_with(prefix) && name.ends_with(".db")) {
            copies.push_back({name, sizeOf(at->path()), modifiedAt(*at)});
        }
    }
    std::sort(copies.begin(), copies.end(), [](const auto& a, const auto& b) { return a.modified > b.modified; });
    return copies;
}

std::int64_t databaseBytes(const std::string& dataFolder) {
    const std::string path = dataFolder + "/" + kDatabase;
    return sizeOf(path) + sizeOf(path + "-wal");
}

json::object toJson(const StorageReport& report) {
    json::object data{{"path", report.folder}};
    addSpace(data, report.space);
    return {{"data", std::move(data)},
            {"database", json::object{{"bytes", report.databaseBytes}, {"copies", copiesJson(report.backups)}}},
            {"caches", cachesJson(report.caches)},
            {"libraries", librariesJson(report.libraries)}};
}

}  // namespace marea::server
