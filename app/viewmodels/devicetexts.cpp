#include "app/viewmodels/devicetexts.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <QCoreApplication>
#include <QLocale>

#include "app/viewmodels/times.h"
#include "sync/engine/target.h"

namespace marea::app::devicetexts {

using L = QLatin1String;
using sync::Action;

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Devices)
};

// What the planner says, as far as it is one sentence each.
constexpr std::array kReasons{
    QT_TRANSLATE_NOOP("Devices", "it is new"),
    QT_TRANSLATE_NOOP("Devices", "it has changed"),
    QT_TRANSLATE_NOOP("Devices", "it is missing on the device"),
    QT_TRANSLATE_NOOP("Devices", "it is no longer wanted on this device"),
    QT_TRANSLATE_NOOP("Devices", "it has another name or place now"),
    QT_TRANSLATE_NOOP("Devices", "it shows no video"),
    QT_TRANSLATE_NOOP("Devices", "somebody changed it on the device; it stays, and is no longer Marea's"),
    QT_TRANSLATE_NOOP("Devices", "it belongs to another computer; it stays"),
    QT_TRANSLATE_NOOP("Devices", "the player does not take this list"),
    QT_TRANSLATE_NOOP("Devices", "there are more files than Marea can keep a list of on one device"),
};
// Those with something in the middle: what stands before it, what after it.
struct Pattern {
    const char *before, *after, *text;
};
constexpr std::array kPatterns{
    Pattern{"there is no room for ", "", QT_TRANSLATE_NOOP("Devices", "there is no room for %1")},
    Pattern{"its file would be larger than the device's ", "",
            QT_TRANSLATE_NOOP("Devices", "its file would be larger than the device's %1")},
    Pattern{"it belongs to ", "; it stays", QT_TRANSLATE_NOOP("Devices", "it belongs to %1; it stays")},
    Pattern{"it does not read ", " files", QT_TRANSLATE_NOOP("Devices", "it does not read %1 files")},
    Pattern{"it does not play ", "", QT_TRANSLATE_NOOP("Devices", "it does not play %1")},
    Pattern{"it plays at most ", " channels", QT_TRANSLATE_NOOP("Devices", "it plays at most %1 channels")},
    Pattern{"it plays at most ", "", QT_TRANSLATE_NOOP("Devices", "it plays at most %1")},
    Pattern{"its pictures are at most ", "", QT_TRANSLATE_NOOP("Devices", "its pictures are at most %1")},
};

// What a folder as a library says, likewise.
constexpr std::array kFolderPatterns{
    Pattern{"There is no folder ", ".", QT_TRANSLATE_NOOP("Devices", "There is no folder %1.")},
    Pattern{"", " cannot be read, so it is not known what is in the library. Nothing was changed.",
            QT_TRANSLATE_NOOP("Devices",
                              "%1 cannot be read, so it is not known what is in the library. Nothing was changed.")},
};

// What the engine says under a kind of error whose words would say something else.
constexpr std::array kSaid{
    "Somebody changed it on the device meanwhile. It stays.",
    "Two files on the device have this name. Both stay.",
    "Another file has its name.",
    "A file has the name of a folder.",
    "None of its titles is on the device.",
    "The device gives more than the file is said to have.",
    "The device did not give the whole file.",
    "This is not a file.",
    "The file's name is not allowed.",
    "The folder cannot be opened.",
    "This device is being synced already.",
};

QString fromPattern(const QString& text, const Pattern& pattern) {
    const L before(pattern.before), after(pattern.after);
    if (!text.startsWith(before) || !text.endsWith(after) || text.size() < before.size() + after.size())
        return {};
    return Words::tr(pattern.text).arg(text.mid(before.size()).chopped(after.size()));
}

// What the application says itself, or else what stands in the server's catalogue.
QString translated(const std::string& text) {
    const QString own = Words::tr(text.c_str());
    return own == QString::fromStdString(text) ? QCoreApplication::translate("Player", text.c_str()) : own;
}

constexpr std::size_t kManyRemoved = 20, kSomeRemoved = 5;

int writes(const sync::Plan& plan) {
    return static_cast<int>(plan.count(Action::Copy) + plan.count(Action::Transcode));
}

}  // namespace

QString size(qint64 bytes) {
    return QLocale().formattedDataSize(std::max<qint64>(bytes, 0), bytes < 1'000'000'000 ? 0 : 1,
                                       QLocale::DataSizeSIFormat);
}

QString duration(double seconds) {
    const int minutes = static_cast<int>(std::ceil(seconds / 60));
    if (seconds < 60)
        return Words::tr("less than a minute");
    return minutes < 90 ? Words::tr("about %n min", nullptr, minutes)
                        : Words::tr("about %n h", nullptr, static_cast<int>(std::lround(minutes / 60.0)));
}

QString reason(const std::string& text) {
    for (const char* known : kReasons)
        if (text == known)
            return Words::tr(known);
    const QString said = QString::fromStdString(text);
    for (const auto& pattern : kPatterns)
        if (const QString words = fromPattern(said, pattern); !words.isEmpty())
            return words;
    return said;
}

QString folderError(const core::Error& error) {
    const QString said = QString::fromStdString(error.text);
    for (const auto& pattern : kFolderPatterns)
        if (const QString words = fromPattern(said, pattern); !words.isEmpty())
            return words;
    return translated(error.text);
}

QString error(const core::Error& error) {
    using core::ErrorCode;
    if (std::find(kSaid.begin(), kSaid.end(), error.text) != kSaid.end())
        return translated(error.text);
    switch (error.code) {
        case ErrorCode::Unavailable:
            return Words::tr("The device is no longer there. What it has by now stays, and the next sync goes on.");
        case ErrorCode::Timeout:
            return Words::tr("The device does not answer. Unplug it and plug it in again.");
        case ErrorCode::Busy:
            return Words::tr(
                "Another program uses the device. Unlock it, choose file transfer, and close file managers that show "
                "it.");
        case ErrorCode::TooLarge:
            return Words::tr("There is no room left on the device.");
        case ErrorCode::Forbidden:
            return error.text == sync::kReadOnly
                       ? Words::tr(
                             "The device is write-protected: nothing can be put on it or removed. Photos and "
                             "videos can be imported from it.")
                       : Words::tr("The device is write-protected, or its files belong to somebody else.");
        case ErrorCode::NotFound:
            return Words::tr("It is not there any more.");
        case ErrorCode::Corrupt:
            return Words::tr("The device did not keep the file as it was sent.");
        case ErrorCode::Invalid:
            return Words::tr("Marea's list on the device is damaged. Nothing was changed.");
        case ErrorCode::Conflict:
            return Words::tr("It changed meanwhile. The next sync takes it.");
        default:
            return error.text.empty() ? Words::tr("The device could not do this.") : translated(error.text);
    }
}

QString importError(const core::Error& problem) {
    return problem.code == core::ErrorCode::TooLarge ? Words::tr("There is no room left on the computer.")
                                                     : error(problem);
}

QString problem(const FoundDevice& device) {
    if (device.problem == FoundDevice::Problem::Locked)
        return Words::tr("Unlock %1 and choose file transfer on its screen.").arg(device.name);
    if (device.problem != FoundDevice::Problem::Held)
        return {};
    return device.release.isEmpty()
               ? Words::tr("Another program (%1) holds the device. Close it there.").arg(device.holder)
               : Words::tr("The file manager holds the device.");
}

QString kindName(const QString& kind) {
    return kind == L("track")       ? Words::tr("Music")
           : kind == L("episode")   ? Words::tr("Episodes")
           : kind == L("audiobook") ? Words::tr("Audiobooks")
           : kind == L("movie")     ? Words::tr("Films")
                                    : Words::tr("Videos");
}

QString profileName(const sync::DeviceProfile& profile) {
    if (profile.id == "generic")
        return Words::tr("Any player");
    if (profile.id == "android")
        return Words::tr("Android phone");
    if (profile.id == "car")
        return Words::tr("USB stick for a car");
    return profile.id == "everything" ? Words::tr("Plays everything") : QString::fromStdString(profile.name);
}

QString steps(const sync::Plan& plan) {
    QStringList parts;
    const auto add = [&](Action action, auto words) {
        if (const int count = static_cast<int>(plan.count(action)); count > 0)
            parts << words(count);
    };
    add(Action::Copy, [](int n) { return Words::tr("%n to copy", nullptr, n); });
    add(Action::Transcode, [](int n) { return Words::tr("%n to convert", nullptr, n); });
    add(Action::Move, [](int n) { return Words::tr("%n to move", nullptr, n); });
    add(Action::Delete, [](int n) { return Words::tr("%n to remove", nullptr, n); });
    add(Action::Conflict, [](int n) { return Words::tr("%n changed there", nullptr, n); });
    add(Action::LeftOut, [](int n) { return Words::tr("%n left out", nullptr, n); });
    add(Action::Other, [](int n) { return Words::tr("%n of another computer", nullptr, n); });
    add(Action::Keep, [](int n) { return Words::tr("%n there already", nullptr, n); });
    return parts.join(QStringLiteral(" · "));
}

QString others(const sync::Plan& plan) {
    const int count = static_cast<int>(plan.count(Action::Other));
    QStringList names;
    for (const std::string& name : plan.others)
        names << QString::fromStdString(name);
    return count == 0 ? QString()
                      : Words::tr("%n file(s) on this device (%1) came from %2. They stay.", nullptr, count)
                            .arg(size(plan.bytesOfOthers),
                                 names.isEmpty() ? Words::tr("another computer") : names.join(QStringLiteral(", ")));
}

QString syncButton(const sync::Plan& plan) {
    const int items = writes(plan) + static_cast<int>(plan.count(Action::Move) + plan.count(Action::Delete));
    if (items == 0)
        return plan.missing.empty() && plan.leftovers.empty() ? Words::tr("Everything is there") : Words::tr("Tidy up");
    const QString what = Words::tr("Sync %n item(s)", nullptr, items);
    return writes(plan) == 0 ? what
                             : QStringLiteral("%1, %2, %3").arg(what, size(plan.bytesToWrite), duration(plan.seconds));
}

// Much: many files, or the larger part of what Marea has put there.
QString removals(const sync::Plan& plan) {
    const auto gone = plan.count(Action::Delete);
    const auto ours = gone + plan.count(Action::Keep) + plan.count(Action::Move);
    if (gone < kManyRemoved && (gone < kSomeRemoved || 2 * gone <= ours))
        return {};
    return Words::tr("%n of the files that Marea put there will be removed (%1).", nullptr, static_cast<int>(gone))
               .arg(size(plan.bytesToDelete)) +
           QLatin1Char(' ') + Words::tr("What others put there stays.");
}

QString past(const PastSync& sync) {
    QStringList parts{times::ago(sync.at)};
    if (sync.written > 0)
        parts << Words::tr("%n written", nullptr, sync.written) + QStringLiteral(" (%1)").arg(size(sync.bytes));
    if (sync.moved > 0)
        parts << Words::tr("%n moved", nullptr, sync.moved);
    if (sync.deleted > 0)
        parts << Words::tr("%n removed", nullptr, sync.deleted);
    if (sync.problems > 0)
        parts << Words::tr("%n did not come", nullptr, sync.problems);
    if (!sync.error.isEmpty())
        parts << sync.error;
    return parts.size() == 1 ? parts.first() + QStringLiteral(" · ") + Words::tr("nothing to do")
                             : parts.join(QStringLiteral(" · "));
}

QVariantList storage(const StorageUse& use) {
    QVariantList list;
    const auto add = [&](const char* key, const QString& text, std::int64_t bytes) {
        const double share = use.total > 0 ? static_cast<double>(bytes) / static_cast<double>(use.total) : 0;
        list << QVariantMap{{L("key"), L(key)}, {L("text"), text}, {L("detail"), size(bytes)}, {L("share"), share}};
    };
    add("films", Words::tr("Films"), use.films);
    add("music", Words::tr("Music"), use.music);
    add("other", Words::tr("Other"), use.other);
    add("free", Words::tr("Free"), use.free);
    return list;
}

}  // namespace marea::app::devicetexts
