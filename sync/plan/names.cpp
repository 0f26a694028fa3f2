#include "sync/plan/names.h"

#include <algorithm>
#include <array>
#include <QString>
#include <vector>

namespace marea::sync {

namespace {

struct Limits {
    qsizetype units;  // of UTF-16, as FAT and MTP count
    qsizetype bytes;  // of UTF-8, as the file systems behind them count
};

Limits limitsOf(NameKind kind) {
    return kind == NameKind::Mtp ? Limits{180, 180} : kind == NameKind::Fat ? Limits{240, 255} : Limits{255, 255};
}

bool isForbidden(QChar c, NameKind kind) {
    if (c == u'/' || c.unicode() < 0x20 || c.unicode() == 0x7F) {
        return true;
    }
    return kind != NameKind::Posix && QStringView(u"\\:*?\"<>|").contains(c);
}

// Devices' names of Windows, with any extension.
bool isReserved(const QString& name) {
    const QString stem = name.section(u'.', 0, 0).trimmed().toUpper();
    if (stem == u"CON" || stem == u"PRN" || stem == u"AUX" || stem == u"NUL") {
        return true;
    }
    return stem.size() == 4 && (stem.startsWith(u"COM") || stem.startsWith(u"LPT")) && stem[3] >= u'1' &&
           stem[3] <= u'9';
}

// Cut at characters so that it fits; the extension stays.
QString cut(const QString& name, const Limits& limits) {
    const qsizetype dot = name.lastIndexOf(u'.');
    const bool hasExtension = dot > 0 && name.size() - dot <= 10;
    const QString extension = hasExtension ? name.mid(dot) : QString();
    QString stem = hasExtension ? name.left(dot) : name;
    while (!stem.isEmpty() && (stem.size() + extension.size() > limits.units ||
                               stem.toUtf8().size() + extension.toUtf8().size() > limits.bytes)) {
        stem.chop(stem.size() > 1 && stem.back().isLowSurrogate() ? 2 : 1);
    }
    return stem + extension;
}

// Without blanks at its end, and without dots where those may not be there either.
QString withoutEnd(QString name, NameKind kind) {
    while (!name.isEmpty() && (name.back().isSpace() || (kind != NameKind::Posix && name.back() == u'.'))) {
        name.chop(1);
    }
    return name;
}

bool isPlainAscii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// Most names: nothing in them is to be changed.
bool isFineAsItIs(std::string_view name, NameKind kind) {
    const auto isPlain = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == ' ' || c == '-' ||
               c == '_' || c == '(' || c == ')' || c == '.' || c == ',' || c == '\'' || c == '&';
    };
    return name.size() > 4 && name.size() < 150 && name.front() != ' ' && name.back() != ' ' && name.front() != '.' &&
           name.back() != '.' && std::all_of(name.begin(), name.end(), isPlain) &&
           (kind == NameKind::Posix || name.find('.') > 4);
}

// Most paths: every part is fine, and all of it short enough.
bool isFinePath(std::string_view path, NameKind kind) {
    if (path.empty() || path.size() > kMaxPathUnits ||
        static_cast<std::size_t>(std::count(path.begin(), path.end(), '/')) >= kMaxPathParts) {
        return false;
    }
    for (std::size_t begin = 0; begin <= path.size();) {
        const std::size_t end = std::min(path.find('/', begin), path.size());
        if (!isFineAsItIs(path.substr(begin, end - begin), kind)) {
            return false;
        }
        begin = end + 1;
    }
    return true;
}

std::vector<std::string_view> partsOf(std::string_view path) {
    std::vector<std::string_view> parts;
    while (!path.empty()) {
        const std::size_t slash = std::min(path.find('/'), path.size());
        const std::string_view part = path.substr(0, slash);
        if (!part.empty() && part != "." && part != "..") {
            parts.push_back(part);
        }
        path.remove_prefix(std::min(slash + 1, path.size()));
    }
    return parts;
}

std::string joined(const std::vector<std::string>& parts) {
    std::string path;
    for (const std::string& part : parts) {
        path += (path.empty() ? "" : "/") + part;
    }
    return path;
}

std::size_t units(const std::string& path) {
    return isPlainAscii(path) ? path.size() : static_cast<std::size_t>(QString::fromStdString(path).size());
}

}  // namespace

std::string nameOnDevice(std::string_view wanted, NameKind kind) {
    if (isFineAsItIs(wanted, kind)) {
        return std::string(wanted);
    }
    QString name = QString::fromUtf8(wanted.data(), static_cast<qsizetype>(wanted.size()))
                       .normalized(QString::NormalizationForm_C);
    for (QChar& c : name) {
        if (isForbidden(c, kind)) {
            c = u'_';
        }
    }
    name = withoutEnd(name.trimmed(), kind);
    if (kind != NameKind::Posix && isReserved(name)) {
        name.prepend(u'_');
    }
    name = withoutEnd(cut(name, limitsOf(kind)), kind);
    return name.isEmpty() || name == u"." || name == u".." ? "_" : name.toStdString();
}

std::string pathOnDevice(std::string_view wanted, NameKind kind) {
    if (isFinePath(wanted, kind)) {
        return std::string(wanted);
    }
    std::vector<std::string> parts;
    for (const std::string_view part : partsOf(wanted)) {
        parts.push_back(nameOnDevice(part, kind));
    }
    if (parts.size() > kMaxPathParts) {
        parts.erase(parts.begin() + (kMaxPathParts - 1), parts.end() - 1);
    }
    std::string path = joined(parts);
    for (qsizetype room = 100; kind != NameKind::Posix && units(path) > kMaxPathUnits && room >= 8; room /= 2) {
        for (std::string& part : parts) {
            // The file's own name last, and less.
            const qsizetype most = &part == &parts.back() ? std::max<qsizetype>(room, 60) : room;
            const QString shorter = cut(QString::fromStdString(part), {most, 1000});
            part = nameOnDevice(shorter.toStdString(), kind);
        }
        path = joined(parts);
    }
    while (kind != NameKind::Posix && units(path) > kMaxPathUnits && parts.size() > 1) {
        parts.erase(parts.end() - 2);
        path = joined(parts);
    }
    return path.empty() ? "_" : path;
}

std::string clashKey(std::string_view path, NameKind kind) {
    if (kind == NameKind::Posix) {
        return std::string(path);
    }
    if (isPlainAscii(path)) {
        std::string key(path);
        for (char& c : key) {
            c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        }
        return key;
    }
    return QString::fromUtf8(path.data(), static_cast<qsizetype>(path.size()))
        .toCaseFolded()
        .normalized(QString::NormalizationForm_C)
        .toStdString();
}

std::string withExtension(std::string_view path, std::string_view extension) {
    const std::size_t slash = path.rfind('/'), dot = path.rfind('.');
    const bool hasOne =
        dot != std::string_view::npos && dot > 0 && (slash == std::string_view::npos || dot > slash + 1);
    return std::string(hasOne ? path.substr(0, dot) : path) + "." + std::string(extension);
}

std::string numberedPath(std::string_view path, int number, NameKind kind) {
    const std::size_t slash = path.rfind('/');
    const std::string folder(slash == std::string_view::npos ? "" : path.substr(0, slash + 1));
    const std::string_view name = path.substr(folder.size());
    const std::size_t dot = name.rfind('.');
    const bool hasExtension = dot != std::string_view::npos && dot > 0 && name.size() - dot <= 10;
    const std::string mark = " (" + std::to_string(number) + ")";
    const std::string extension(hasExtension ? name.substr(dot) : "");
    QString stem = QString::fromStdString(std::string(hasExtension ? name.substr(0, dot) : name));
    const Limits limits = limitsOf(kind);
    const auto more = static_cast<qsizetype>(mark.size() + extension.size());
    while (!stem.isEmpty() && (stem.size() + more > limits.units || stem.toUtf8().size() + more > limits.bytes)) {
        stem.chop(stem.size() > 1 && stem.back().isLowSurrogate() ? 2 : 1);
    }
    return folder + stem.toStdString() + mark + extension;
}

bool TakenPaths::take(std::string_view path, std::int64_t size) {
    return taken_.try_emplace(keyOf(path), Held{size}).second;
}

void TakenPaths::release(std::string_view path) {
    const auto held = taken_.find(keyOf(path));
    if (held == taken_.end() || (held->second.holders > 1 && twins_.erase(std::string(path)) == 0)) {
        return;
    }
    if (--held->second.holders == 0) {
        taken_.erase(held);
    }
}

std::optional<std::int64_t> TakenPaths::sizeOf(std::string_view path) const {
    if (const auto twin = twins_.empty() ? twins_.end() : twins_.find(std::string(path)); twin != twins_.end()) {
        return twin->second;
    }
    const auto held = taken_.find(keyOf(path));
    return held == taken_.end() || held->second.holders > 1 ? std::nullopt : std::optional(held->second.size);
}

std::string TakenPaths::takeFree(const std::string& wanted) {
    if (take(wanted)) {
        return wanted;
    }
    for (int& number = numbers_.try_emplace(clashKey(wanted, kind_), 2).first->second;; ++number) {
        std::string path = numberedPath(wanted, number, kind_);
        if (take(path)) {
            return path;
        }
    }
}

}  // namespace marea::sync
