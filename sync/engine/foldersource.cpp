#include "sync/engine/foldersource.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <unordered_map>

#include "core/base/utf8.h"
#include "core/io/clearfile.h"
#include "core/library/filekinds.h"
#include "core/library/playlistfile.h"
#include "core/library/text.h"
#include "sync/engine/checksum.h"
#include "sync/engine/filestream.h"
#include "sync/plan/names.h"

namespace marea::sync {

namespace fs = std::filesystem;
namespace library = core::library;

namespace {

constexpr std::size_t kMark = 64 * 1024;  // read at the begin and at the end
constexpr std::size_t kMaxPlaylistBytes = 4 * 1024 * 1024;

struct Guess {
    std::string_view extension, container, audio, video;
};
constexpr std::array kGuesses{Guess{"mp3", "mp3", "mp3", ""},       Guess{"flac", "flac", "flac", ""},
                              Guess{"ogg", "ogg", "vorbis", ""},    Guess{"oga", "ogg", "vorbis", ""},
                              Guess{"opus", "ogg", "opus", ""},     Guess{"m4a", "mp4", "aac", ""},
                              Guess{"m4b", "mp4", "aac", ""},       Guess{"wav", "wav", "pcm_s16le", ""},
                              Guess{"mp4", "mp4", "aac", "h264"},   Guess{"m4v", "mp4", "aac", "h264"},
                              Guess{"mov", "mov", "aac", "h264"},   Guess{"mkv", "matroska", "aac", "h264"},
                              Guess{"webm", "webm", "opus", "vp9"}, Guess{"avi", "avi", "mp3", "mpeg4"},
                              Guess{"ts", "mpegts", "aac", "h264"}, Guess{"aiff", "aiff", "pcm_s16be", ""},
                              Guess{"wma", "asf", "wmav2", ""},     Guess{"wv", "wavpack", "wavpack", ""},
                              Guess{"ape", "ape", "ape", ""}};

bool isMedia(std::string_view name) {
    return library::fileKind(name) != library::FileKind::Other;
}

bool isPlaylist(std::string_view name) {
    const std::string extension = library::extension(name);
    return extension == "m3u" || extension == "m3u8";
}

core::Result<std::string> contentMark(const core::FileHandle& file, std::int64_t size) {
    Checksum checksum;
    const std::string length = std::to_string(size) + "\n";
    checksum.add({reinterpret_cast<const std::uint8_t*>(length.data()), length.size()});
    std::vector<std::uint8_t> part(kMark);
    for (const std::int64_t at :
         {std::int64_t{0}, std::max<std::int64_t>(size - static_cast<std::int64_t>(kMark), 0)}) {
        const auto count = core::readAt(file.get(), static_cast<std::uint64_t>(at), part.data(), part.size());
        if (!count) {
            return core::unexpected<core::Error>(count.error());
        }
        checksum.add({part.data(), *count});
    }
    return checksum.hex();
}

core::Result<std::string> textOf(const core::FileHandle& file) {
    std::string text(kMaxPlaylistBytes, '\0');
    const auto count = core::readAt(file.get(), 0, text.data(), text.size());
    if (!count) {
        return core::unexpected<core::Error>(count.error());
    }
    text.resize(*count);
    return text;
}

// Where an entry of a playlist in `folder` leads, relative to the library; "" when it leads elsewhere.
std::string resolved(std::string_view folder, const std::string& location) {
    const fs::path path = (fs::path(folder) / location).lexically_normal();
    const std::string text = path.generic_string();
    return path.is_absolute() || text.substr(0, 2) == ".." ? "" : text;
}

// Where a file of the folder should be on a device. Of a name that no device takes, what devices would make of it.
std::string plainPath(const std::string& path) {
    return isPlainPath(path) ? path : pathOnDevice(path, NameKind::Fat);
}

// Devices' library files and journals have ids as text. No plain path begins with a slash.
std::string idOf(const std::string& path) {
    if (isPlainPath(path)) {
        return path;
    }
    Checksum checksum;
    checksum.add({reinterpret_cast<const std::uint8_t*>(path.data()), path.size()});
    return "/" + checksum.hex();
}

core::unexpected<core::Error> unreadable(const std::string& path, const std::string& why) {
    return core::fail(
        core::ErrorCode::Io,
        plainPath(path) + " cannot be read, so it is not known what is in the library. Nothing was changed.", why);
}

// A file that is written to while it is read would come as a mixture of two.
class SteadyFile final : public ByteStream {
public:
    SteadyFile(std::unique_ptr<ByteStream> content, core::FileHandle file, core::TimeMs modified)
        : content_(std::move(content)), file_(std::move(file)), modified_(modified) {}
    std::int64_t size() const override { return content_->size(); }
    core::Result<std::size_t> read(std::span<std::uint8_t> into) override {
        auto count = content_->read(into);
        if (count && *count == 0) {
            const auto about = core::status(file_);
            if (!about || about->modified != modified_) {
                return core::fail(core::ErrorCode::Conflict, "The file changed while it was copied.");
            }
        }
        return count;
    }

private:
    std::unique_ptr<ByteStream> content_;
    core::FileHandle file_;
    core::TimeMs modified_;
};

bool isVanished(const core::Error& error) {
    return error.code == core::ErrorCode::NotFound;
}

bool isCalledOff(const FolderSource::IsWanted& isWanted) {
    return isWanted && !isWanted();
}

core::unexpected<core::Error> calledOff() {
    return core::fail(core::ErrorCode::Cancelled, "The sync was cancelled.");
}

// Each list once, in their order.
void nameLists(std::vector<LibraryItem>& items, const std::vector<LibraryPlaylist>& lists) {
    std::unordered_map<std::string_view, LibraryItem*> byId;
    byId.reserve(items.size());
    for (LibraryItem& item : items) {
        byId.emplace(item.id, &item);
    }
    for (const LibraryPlaylist& list : lists) {
        for (const std::string& id : list.items) {
            const auto found = byId.find(id);
            if (found != byId.end() &&
                (found->second->playlists.empty() || found->second->playlists.back() != list.id)) {
                found->second->playlists.push_back(list.id);
            }
        }
    }
}

}  // namespace

FileFormat guessedFormat(std::string_view path) {
    const std::string extension = library::extension(library::fileName(path));
    FileFormat format;
    format.container = extension;
    for (const Guess& guess : kGuesses) {
        if (guess.extension == extension) {
            format.container = guess.container;
            format.audioCodec = guess.audio;
            format.videoCodec = guess.video;
        }
    }
    if (format.videoCodec.empty() && library::fileKind(library::fileName(path)) == library::FileKind::Video) {
        format.videoCodec = "unknown";
    }
    return format;
}

core::Result<std::unique_ptr<FolderSource>> FolderSource::open(const std::string& folder) {
    auto root = core::openFolder(folder);
    if (!root) {
        return core::fail(root.error().code, "There is no folder " + folder + ".", root.error().detail);
    }
    return std::make_unique<FolderSource>(std::move(*root), folder);
}

// Links are not followed: what they lead to is found where it is.
core::Result<std::vector<std::string>> FolderSource::paths(bool (*wanted)(std::string_view name),
                                                           const IsWanted& isWanted) const {
    std::vector<std::string> found;
    std::error_code error;
    std::string at = folder_;
    fs::recursive_directory_iterator file(folder_, error);
    for (const fs::recursive_directory_iterator end; !error && file != end; file.increment(error)) {
        if (isCalledOff(isWanted)) {
            return calledOff();
        }
        at = file->path().string();
        const std::string name = file->path().filename().string();
        std::error_code problem;
        if (library::ignoredName(name)) {
            file.disable_recursion_pending();
        } else if (wanted(name) && file->symlink_status(problem).type() == fs::file_type::regular) {
            found.push_back(file->path().lexically_relative(folder_).generic_string());
        }
    }
    if (error) {
        return unreadable(at, error.message());
    }
    std::sort(found.begin(), found.end());
    return found;
}

core::Result<LibraryItem> FolderSource::itemAt(const std::string& path) const {
    auto file = core::openBeneath(root_, path);
    if (!file) {
        return core::unexpected<core::Error>(file.error());
    }
    const auto about = core::status(*file);
    auto mark = about ? contentMark(*file, about->size) : core::unexpected<core::Error>(about.error());
    if (!mark) {
        return core::unexpected<core::Error>(mark.error());
    }
    LibraryItem item;
    item.id = idOf(path);
    item.path = plainPath(path);
    item.place = item.id == path ? "" : path;
    item.fingerprint = std::move(*mark);
    item.size = about->size;
    item.addedAt = about->modified;
    item.format = guessedFormat(item.path);
    item.kind = item.format.videoCodec.empty() ? "track" : "video";
    const std::size_t slash = item.path.find('/');
    item.artist = slash == std::string::npos ? "" : item.path.substr(0, slash);
    return item;
}

core::Result<std::vector<LibraryItem>> FolderSource::items(const IsWanted& isWanted, const Told& told) const {
    const auto found = paths(isMedia, isWanted);
    const auto lists = found ? playlists(isWanted) : core::unexpected<core::Error>(found.error());
    if (!lists) {
        return core::unexpected<core::Error>(lists.error());
    }
    std::vector<LibraryItem> items;
    std::size_t done = 0;
    for (const std::string& path : *found) {
        if (isCalledOff(isWanted)) {
            return calledOff();
        }
        if (told) {
            told(++done, found->size());
        }
        auto item = itemAt(path);
        if (item) {
            items.push_back(std::move(*item));
        } else if (!isVanished(item.error())) {
            return unreadable(path, item.error().detail);
        }
    }
    nameLists(items, *lists);
    return items;
}

core::Result<std::vector<LibraryPlaylist>> FolderSource::playlists(const IsWanted& isWanted) const {
    const auto found = paths(isPlaylist, isWanted);
    if (!found) {
        return core::unexpected<core::Error>(found.error());
    }
    std::vector<LibraryPlaylist> lists;
    for (const std::string& path : *found) {
        if (isCalledOff(isWanted)) {
            return calledOff();
        }
        auto file = core::openBeneath(root_, path);
        auto text = file ? textOf(*file) : core::unexpected<core::Error>(file.error());
        if (!text && isVanished(text.error())) {
            continue;
        }
        if (!text) {
            return unreadable(path, text.error().detail);
        }
        const std::string plain = plainPath(path);
        LibraryPlaylist list{idOf(path), std::string(library::stem(library::fileName(plain))), {}};
        for (const auto& entry : library::parseM3u(*text).entries) {
            if (std::string item = resolved(library::folderOf(path), entry.location); !item.empty()) {
                list.items.push_back(idOf(item));
            }
        }
        lists.push_back(std::move(list));
    }
    return lists;
}

core::Result<core::FileHandle> FolderSource::file(const LibraryItem& item) const {
    auto file = core::openBeneath(root_, item.place.empty() ? item.id : item.place);
    if (!file) {
        return file;
    }
    const auto about = core::status(*file);
    const auto mark = about ? contentMark(*file, about->size) : core::unexpected<core::Error>(about.error());
    if (!mark || *mark != item.fingerprint) {
        return core::fail(core::ErrorCode::Conflict, "The file has changed meanwhile; the next sync takes it.");
    }
    return file;
}

core::Result<std::unique_ptr<ByteStream>> FolderSource::open(const LibraryItem& item) {
    auto opened = file(item);
    auto second = opened ? opened->duplicate() : core::unexpected<core::Error>(opened.error());
    const auto about = second ? core::status(*second) : core::unexpected<core::Error>(second.error());
    auto content = about ? FileStream::of(std::move(*opened)) : core::unexpected<core::Error>(about.error());
    return content ? core::Result<std::unique_ptr<ByteStream>>(
                         std::make_unique<SteadyFile>(std::move(*content), std::move(*second), about->modified))
                   : std::move(content);
}

}  // namespace marea::sync
