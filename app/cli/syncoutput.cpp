#include "app/cli/syncoutput.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <map>
#include <set>

#include <QString>

#include "core/base/json.h"
#include "core/base/utf8.h"

namespace marea::app {

namespace {

namespace json = core::json;

constexpr std::string_view kNoRoom = "there is no room";
constexpr std::size_t kFewSteps = 40;     // that are told one by one
constexpr std::size_t kMostFolders = 15;  // of one action

std::string line(const json::object& object) {
    return json::serialize(object) + "\n";
}

// Names come from anywhere, also those in words about them: nothing in them moves a terminal's cursor.
std::string shown(const std::string& text) {
    return core::cleanText(text);
}

std::string plural(std::size_t count, const char* one, const char* many) {
    return std::to_string(count) + " " + (count == 1 ? one : many);
}

json::object stepJson(const sync::Step& step) {
    json::object object{{"action", sync::name(step.action)}, {"item", step.item}};
    if (!step.from.empty()) {
        object["from"] = step.from;
    }
    if (!step.to.empty()) {
        object["to"] = step.to;
    }
    if (!step.encoding.empty()) {
        object["encoding"] = step.encoding;
    }
    object["bytes"] = step.bytes;
    object["seconds"] = step.seconds;
    object["reason"] = step.reason;
    return object;
}

json::value planJson(const sync::Plan& plan, const std::string& device) {
    json::array steps;
    for (const sync::Step& step : plan.steps) {
        steps.push_back(stepJson(step));
    }
    return json::object{{"device", device},
                        {"bytes_to_write", plan.bytesToWrite},
                        {"bytes_to_delete", plan.bytesToDelete},
                        {"bytes_left_out", plan.bytesLeftOut},
                        {"bytes_of_others", plan.bytesOfOthers},
                        {"seconds", plan.seconds},
                        {"steps", std::move(steps)}};
}

json::array problemsJson(const std::vector<sync::SyncReport::Problem>& all) {
    json::array problems;
    for (const auto& problem : all) {
        problems.push_back(json::object{{"path", problem.path}, {"reason", problem.reason}});
    }
    return problems;
}

std::string problemsText(const std::vector<sync::SyncReport::Problem>& all) {
    std::string text;
    for (const auto& problem : all) {
        text += "Not done: " + shown(problem.path) + " (" + shown(problem.reason) + ")\n";
    }
    return text;
}

const std::string& pathOf(const sync::Step& step) {
    return !step.to.empty() ? step.to : !step.from.empty() ? step.from : step.wanted;
}

std::string stepText(const sync::Step& step) {
    std::string text = std::string(sync::name(step.action)) + "  ";
    if (step.action == sync::Action::Move) {
        text += shown(step.from) + " → ";
    }
    return text + shown(pathOf(step)) + (step.reason.empty() ? "" : " (" + shown(step.reason) + ")") + "\n";
}

// Without what is of one file alone: "there is no room for 5 MB".
std::string commonReason(const sync::Step& step) {
    const bool isRoom = step.action == sync::Action::LeftOut && step.reason.substr(0, kNoRoom.size()) == kNoRoom;
    return isRoom ? std::string(kNoRoom) : step.reason;
}

struct Group {
    std::size_t files = 0;
    std::int64_t bytes = 0;
    std::set<std::string> reasons;
    void add(const sync::Step& step) {
        ++files;
        bytes += step.bytes;
        reasons.insert(commonReason(step));
    }
    std::string text() const {
        std::string text = plural(files, "file", "files") + ", " + sizeText(bytes);
        for (const std::string& reason : reasons) {
            text += reason.empty() ? "" : (&reason == &*reasons.begin() ? ": " : "; ") + shown(reason);
        }
        return text;
    }
};

// A long plan: each action by its folders, those with the most files first.
std::string actionText(const sync::Plan& plan, sync::Action action) {
    Group all;
    std::map<std::string, Group> folders;
    for (const sync::Step& step : plan.steps) {
        if (step.action == action) {
            const std::string& path = pathOf(step);
            all.add(step);
            folders[path.substr(0, path.rfind('/') + 1)].add(step);
        }
    }
    if (all.files == 0) {
        return "";
    }
    std::vector<std::pair<std::string, Group>> sorted(folders.begin(), folders.end());
    std::stable_sort(sorted.begin(), sorted.end(),
                     [](const auto& a, const auto& b) { return a.second.files > b.second.files; });
    std::string text = std::string(sync::name(action)) + "  " + all.text() + "\n";
    for (std::size_t i = 0; i < std::min(sorted.size(), kMostFolders); ++i) {
        const Group& group = sorted[i].second;
        text += "  " + shown(sorted[i].first.empty() ? "/" : sorted[i].first) + "  " +
                plural(group.files, "file", "files") + ", " + sizeText(group.bytes) + "\n";
    }
    return sorted.size() <= kMostFolders
               ? text
               : text + "  and " + plural(sorted.size() - kMostFolders, "folder", "folders") + " more\n";
}

std::string stepsText(const sync::Plan& plan, bool verbose) {
    std::string text;
    if (verbose || plan.steps.size() - plan.count(sync::Action::Keep) <= kFewSteps) {
        for (const sync::Step& step : plan.steps) {
            text += step.action == sync::Action::Keep ? "" : stepText(step);
        }
        return text;
    }
    for (const auto action : {sync::Action::Delete, sync::Action::Move, sync::Action::Copy, sync::Action::Transcode,
                              sync::Action::Conflict, sync::Action::Other, sync::Action::LeftOut}) {
        text += actionText(plan, action);
    }
    return text + "With -v each file is named, with the reason.\n";
}

// Letters of East Asia and pictures take two places.
std::size_t placesOf(char32_t letter) {
    return letter >= 0x1100 ? 2 : 1;
}

}  // namespace

std::string sizeText(std::int64_t bytes) {
    constexpr std::array<const char*, 5> kUnits{"B", "kB", "MB", "GB", "TB"};
    auto number = static_cast<double>(bytes);
    std::size_t unit = 0;
    while (number >= 1000 && unit + 1 < kUnits.size()) {
        number /= 1000;
        ++unit;
    }
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), unit > 1 && number < 100 ? "%.1f %s" : "%.0f %s", number, kUnits[unit]);
    return text.data();
}

std::string durationText(double seconds) {
    const auto whole = static_cast<std::int64_t>(std::llround(std::max(seconds, 0.0)));
    if (whole < 60) {
        return std::to_string(whole) + " s";
    }
    const std::int64_t minutes = (whole + 30) / 60;
    return minutes < 60 ? std::to_string(minutes) + " min"
                        : std::to_string(minutes / 60) + " h " + std::to_string(minutes % 60) + " min";
}

std::string devicesText(const std::vector<ListedDevice>& devices, bool asJson) {
    std::string text;
    for (const ListedDevice& device : devices) {
        text += asJson
                    ? line({{"id", device.id},
                            {"name", device.name},
                            {"kind", device.kind},
                            {"file_system", device.fileSystem},
                            {"profile", device.profile},
                            {"free_bytes", device.freeBytes},
                            {"problem", device.problem}})
                    : shown(device.id) + "  " + sizeText(device.freeBytes) + " free, " + device.fileSystem + ", as \"" +
                          device.profile + "\"" + (device.problem.empty() ? "" : ". " + shown(device.problem)) + "\n";
    }
    return text.empty() && !asJson ? "No volumes are mounted, and no phones or players are plugged in.\n" : text;
}

std::string planText(const sync::Plan& plan, const std::string& device, const PlanForm& form) {
    if (form.json) {
        return json::serialize(planJson(plan, device)) + "\n";
    }
    std::string text = stepsText(plan, form.verbose);
    using sync::Action;
    const std::size_t writes = plan.count(Action::Copy) + plan.count(Action::Transcode);
    text += plural(writes, "file", "files") + " to write (" + sizeText(plan.bytesToWrite) + ", about " +
            durationText(plan.seconds) + "), " + std::to_string(plan.count(Action::Move)) + " to move, " +
            std::to_string(plan.count(Action::Delete)) + " to delete, " + std::to_string(plan.count(Action::Keep)) +
            " there already, " + std::to_string(plan.count(Action::LeftOut)) + " left out.\n";
    if (!plan.leftovers.empty()) {
        text +=
            plural(plan.leftovers.size(), "file that was cut off is", "files that were cut off are") + " removed.\n";
    }
    if (const std::size_t others = plan.count(Action::Other); others > 0) {
        text += plural(others, "file", "files") + " of other computers (" + sizeText(plan.bytesOfOthers) +
                ") stay. --take-over makes them this computer's, and removes what it does not want.\n";
    }
    return text;
}

std::string progressText(const sync::Progress& progress, bool asJson) {
    if (asJson) {
        json::object object{{"event", "progress"},
                            {"files_done", progress.filesDone},
                            {"files_total", progress.filesTotal},
                            {"bytes_done", progress.bytesDone},
                            {"bytes_total", progress.bytesTotal},
                            {"bytes_per_second", std::llround(progress.bytesPerSecond)},
                            {"current", progress.current}};
        object["seconds_left"] = progress.secondsLeft ? json::value(*progress.secondsLeft) : json::value();
        return line(object);
    }
    std::string text = std::to_string(progress.filesDone) + " of " + std::to_string(progress.filesTotal) + ", " +
                       sizeText(progress.bytesDone) + " of " + sizeText(progress.bytesTotal);
    if (progress.secondsLeft) {
        text += ", " + sizeText(std::llround(progress.bytesPerSecond)) + "/s, " + durationText(*progress.secondsLeft) +
                " left";
    }
    return text + ": " + shown(progress.current) + "\n";
}

std::string cutTo(const std::string& text, std::size_t columns) {
    const std::u32string letters = QString::fromStdString(text).toStdU32String();
    std::size_t places = 0, fits = 0, fitsWithMark = 0;
    for (; fits < letters.size() && places + placesOf(letters[fits]) <= columns; ++fits) {
        places += placesOf(letters[fits]);
        fitsWithMark += places < columns ? 1 : 0;
    }
    return fits == letters.size()
               ? text
               : QString::fromStdU32String(letters.substr(0, fitsWithMark)).toStdString() + (columns > 0 ? "…" : "");
}

std::string progressLine(const sync::Progress& progress, std::size_t columns) {
    const auto percent = progress.bytesTotal > 0 ? progress.bytesDone * 100 / progress.bytesTotal : 0;
    std::string text = progressText(progress, false);
    text.pop_back();
    return cutTo(std::to_string(percent) + " %, " + text, columns > 0 ? columns - 1 : 0);  // no wrap at its end
}

std::string reportText(const sync::SyncReport& report, bool asJson) {
    if (asJson) {
        return line({{"event", "done"},
                     {"written", report.written},
                     {"moved", report.moved},
                     {"deleted", report.deleted},
                     {"bytes", report.bytes},
                     {"writing_seconds", report.writingSeconds},
                     {"reading_back_seconds", report.readingSeconds},
                     {"problems", problemsJson(report.problems)}});
    }
    return problemsText(report.problems) + plural(report.written, "file", "files") + " written (" +
           sizeText(report.bytes) + "), " + std::to_string(report.moved) + " moved, " + std::to_string(report.deleted) +
           " deleted" +
           (report.problems.empty() ? std::string(". Everything is on the device: it may be unplugged.\n")
                                    : ", " + std::to_string(report.problems.size()) +
                                          " not done, as said above. The device may be unplugged.\n");
}

std::string importText(const sync::ImportReport& report, bool asJson) {
    if (asJson) {
        return line({{"event", "done"},
                     {"imported", report.imported},
                     {"known", report.known},
                     {"bytes", report.bytes},
                     {"problems", problemsJson(report.problems)}});
    }
    return problemsText(report.problems) + plural(report.imported, "file", "files") + " imported (" +
           sizeText(report.bytes) + ")" +
           (report.known > 0 ? ", " + std::to_string(report.known) + " were there already" : "") + ".\n";
}

std::string errorText(const core::Error& error, bool asJson) {
    return asJson ? line({{"event", "failed"}, {"code", core::name(error.code)}, {"reason", error.text}})
                  : shown(error.text) + "\n";
}

}  // namespace marea::app
