#include "server/farm/spritestore.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <filesystem>
#include <vector>

#include "core/base/json.h"

namespace marea::server {

namespace fs = std::filesystem;
using core::Result;
using core::unexpected;

namespace {

constexpr int kVersion = 2;  // of how sheets look beyond what the plan says
constexpr const char *kWhole = "/meta.json", *kBeingMade = "/making.json", *kNew = ".new";
constexpr std::string_view kSheet = ".jpg";

std::string planText(const SpritePlan& plan) {
    return core::json::serialize(core::json::object{{"version", kVersion},
                                                    {"interval", plan.every},
                                                    {"tiles", plan.tiles},
                                                    {"columns", SpritePlan::kColumns},
                                                    {"rows", SpritePlan::kRows},
                                                    {"tile_width", SpritePlan::kTileWidth},
                                                    {"tile_height", plan.tileHeight}});
}

std::string textOf(const std::string& path) {
    const core::FileHandle file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    std::array<char, 1024> text{};
    const ssize_t got = file ? ::read(file.get(), text.data(), text.size()) : -1;
    return got > 0 ? std::string(text.data(), static_cast<std::size_t>(got)) : std::string();
}

core::unexpected<core::Error> failed(const std::string& what) {
    return unexpected<core::Error>(core::systemError(errno, what));
}

Result<void> writeAll(const core::FileHandle& file, std::string_view bytes, const std::string& path) {
    while (!bytes.empty()) {
        const ssize_t put = ::write(file.get(), bytes.data(), bytes.size());
        if (put < 0 && errno != EINTR) {
            return failed("write " + path);
        }
        bytes.remove_prefix(static_cast<std::size_t>(std::max<ssize_t>(put, 0)));
    }
    return ::fdatasync(file.get()) == 0 ? Result<void>() : failed("sync " + path);
}

// There is nothing at `path`, or all of `bytes`.
Result<void> writeWhole(const std::string& path, std::string_view bytes) {
    const std::string temporary = path + kNew;
    const core::FileHandle file(::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!file) {
        return failed("make " + temporary);
    }
    auto written = writeAll(file, bytes, temporary);
    if (written && ::rename(temporary.c_str(), path.c_str()) != 0) {
        written = failed("rename " + temporary);
    }
    if (!written) {
        ::unlink(temporary.c_str());
    }
    return written;
}

std::string nameOf(std::size_t sheet) {
    return "/" + std::to_string(sheet) + std::string(kSheet);
}

// Fingerprints are texts of any kind: what is no letter, digit or dash is left out (the quotes of an ETag).
std::string folderName(std::string_view fingerprint) {
    std::string name;
    std::copy_if(fingerprint.begin(), fingerprint.end(), std::back_inserter(name),
                 [](unsigned char c) { return std::isalnum(c) || c == '-'; });
    return name.empty() ? "-" : name;
}

}  // namespace

SpriteStore::SpriteStore(std::string folder, std::int64_t maxBytes)
    : folder_(std::move(folder)), files_(maxBytes), counter_([this] { count(); }) {}

SpriteStore::~SpriteStore() {
    stopping_ = true;
    waitUntilCounted();
}

void SpriteStore::waitUntilCounted() {
    if (counter_.joinable()) {
        counter_.join();
    }
}

void SpriteStore::count() {
    const auto sheets = filesByUse(
        folder_, [](const ListedFile& file) { return file.name.ends_with(kSheet); },
        [this] { return stopping_.load(); });
    const std::lock_guard lock(mutex_);
    for (const ListedFile& sheet : sheets) {
        files_.found(sheet.path, sheet.size);
    }
    makeRoom(0);
}

void SpriteStore::makeRoom(std::int64_t needed) {
    for (const std::string& path : files_.makeRoom(needed)) {
        ::unlink(path.c_str());
        ++evicted_;
    }
}

void SpriteStore::removeSet(const std::string& set) {
    std::error_code error;
    for (fs::directory_iterator it(set, error), end; !error && it != end; it.increment(error)) {
        const std::lock_guard lock(mutex_);
        files_.drop(it->path().string());
    }
    fs::remove_all(set, error);
}

std::string SpriteStore::setOf(std::string_view fingerprint) const {
    return folder_ + "/" + folderName(fingerprint);
}

std::string SpriteStore::sheetOf(std::string_view fingerprint, std::size_t sheet) const {
    return setOf(fingerprint) + nameOf(sheet);
}

bool SpriteStore::isOfPlan(const std::string& set, const SpritePlan& plan, bool alsoBeingMade) const {
    const std::string text = planText(plan);
    return textOf(set + kWhole) == text || (alsoBeingMade && textOf(set + kBeingMade) == text);
}

bool SpriteStore::complete(std::string_view fingerprint, const SpritePlan& plan) const {
    return isOfPlan(setOf(fingerprint), plan, false);
}

Result<void> SpriteStore::begin(std::string_view fingerprint, const SpritePlan& plan) {
    const std::string set = setOf(fingerprint);
    std::error_code error;
    if (!isOfPlan(set, plan, true)) {
        removeSet(set);
    }
    fs::create_directories(set, error);
    if (error) {
        return unexpected<core::Error>(core::systemError(error.value(), "make " + set));
    }
    return writeWhole(set + kBeingMade, planText(plan));
}

bool SpriteStore::contains(std::string_view fingerprint, std::size_t sheet) const {
    struct stat status;
    return ::stat(sheetOf(fingerprint, sheet).c_str(), &status) == 0 && status.st_size > 0;
}

Result<void> SpriteStore::keep(std::string_view fingerprint, std::size_t sheet, std::string_view jpeg) {
    const std::string path = sheetOf(fingerprint, sheet);
    const auto size = static_cast<std::int64_t>(jpeg.size());
    {
        const std::lock_guard lock(mutex_);
        if (size > files_.maxBytes()) {
            return {};  // made on demand
        }
        makeRoom(size);
        files_.reserve(size);  // so that several at once stay within the bound together
    }
    auto written = writeWhole(path, jpeg);
    const std::lock_guard lock(mutex_);
    files_.unreserve(size);
    if (written) {
        files_.used(path, size);
    }
    return written;
}

Result<void> SpriteStore::end(std::string_view fingerprint) {
    const std::string set = setOf(fingerprint);
    return ::rename((set + kBeingMade).c_str(), (set + kWhole).c_str()) == 0 ? Result<void>()
                                                                             : failed("rename in " + set);
}

std::optional<SpriteStore::Sheet> SpriteStore::open(std::string_view fingerprint, const SpritePlan& plan,
                                                    std::size_t sheet) {
    if (!isOfPlan(setOf(fingerprint), plan, true)) {
        return std::nullopt;
    }
    const std::string path = sheetOf(fingerprint, sheet);
    auto opened = openUsed(path);
    const std::lock_guard lock(mutex_);
    if (!opened) {
        files_.drop(path);
        return std::nullopt;
    }
    files_.used(path, opened->size);
    return Sheet{std::move(opened->file), opened->size};
}

std::optional<SpriteStore::Sheet> SpriteStore::find(std::string_view fingerprint, const SpritePlan& plan,
                                                    const SpriteWish& wish) {
    const Ticks apart = plan.every * SpritePlan::kColumns * SpritePlan::kRows;  // the beginnings of two sheets
    if (apart <= 0 || wish.at.empty() || wish.at.front() < 0 || wish.at.front() / apart >= plan.sheets()) {
        return std::nullopt;
    }
    const auto sheet = static_cast<int>(wish.at.front() / apart);
    const SpriteWish ours = spriteSheet(plan, sheet);
    const bool same = ours.at == wish.at && ours.tileWidth == wish.tileWidth && ours.columns == wish.columns;
    return same ? open(fingerprint, plan, static_cast<std::size_t>(sheet)) : std::nullopt;
}

std::size_t SpriteStore::sweep(const std::set<std::string>& fingerprints) {
    std::set<std::string> wanted;
    for (const std::string& fingerprint : fingerprints) {
        wanted.insert(folderName(fingerprint));
    }
    std::vector<fs::path> others;
    std::error_code error;
    for (fs::directory_iterator it(folder_, error), end; !error && it != end; it.increment(error)) {
        if (!wanted.contains(it->path().filename().string())) {
            others.push_back(it->path());
        }
    }
    for (const fs::path& path : others) {
        removeSet(path.string());
    }
    return others.size();
}

SpriteStoreStatus SpriteStore::status() const {
    const std::lock_guard lock(mutex_);
    return {files_.bytes(), files_.files(), evicted_};
}

}  // namespace marea::server
