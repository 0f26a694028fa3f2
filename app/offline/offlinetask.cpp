#include "app/offline/offlinetask.h"

#include <algorithm>
#include <array>
#include <utility>

namespace marea::app {
namespace {

using L = QLatin1String;
using State = OfflineTask::State;
using Why = OfflineTask::Why;

constexpr std::array kStates{std::pair{State::Waiting, "waiting"}, std::pair{State::Preparing, "preparing"},
                             std::pair{State::Loading, "loading"}, std::pair{State::Paused, "paused"},
                             std::pair{State::Done, "done"},       std::pair{State::Failed, "failed"}};
constexpr std::array kReasons{std::pair{Why::None, ""}, std::pair{Why::Person, "person"},
                              std::pair{Why::DiskFull, "disk_full"}, std::pair{Why::Limit, "limit"}};

template <class Table, class Value>
QString wordFor(const Table& table, Value value) {
    const auto found = std::find_if(table.begin(), table.end(), [&](const auto& row) { return row.first == value; });
    return QLatin1String(found == table.end() ? "" : found->second);
}

template <class Table, class Value>
Value valueOf(const Table& table, const QString& word, Value otherwise) {
    const auto found = std::find_if(table.begin(), table.end(), [&](const auto& row) { return word == L(row.second); });
    return found == table.end() ? otherwise : found->first;
}

qint64 large(const QJsonObject& json, const char* key, qint64 otherwise) {
    return static_cast<qint64>(json[L(key)].toDouble(static_cast<double>(otherwise)));
}

}  // namespace

bool safeId(const QString& id) {
    const auto plain = [](QChar c) {
        return (c >= QLatin1Char('a') && c <= QLatin1Char('z')) || (c >= QLatin1Char('A') && c <= QLatin1Char('Z')) ||
               (c >= QLatin1Char('0') && c <= QLatin1Char('9')) || c == QLatin1Char('-');
    };
    return !id.isEmpty() && id.size() <= 64 && std::all_of(id.begin(), id.end(), plain);
}

QJsonObject toJson(const OfflineTask& t) {
    return {{L("media"), t.mediaId},
            {L("kind"), t.kind},
            {L("title"), t.title},
            {L("subtitle"), t.subtitle},
            {L("quality"), t.quality},
            {L("format"), t.format},
            {L("download"), t.downloadId},
            {L("file"), t.fileId},
            {L("name"), t.fileName},
            {L("url"), t.url},
            {L("size"), static_cast<double>(t.size)},
            {L("state"), wordFor(kStates, t.state)},
            {L("why"), wordFor(kReasons, t.why)},
            {L("problem"), t.problem},
            {L("ahead"), t.ahead},
            {L("added_at"), static_cast<double>(t.addedAt)},
            {L("used_at"), static_cast<double>(t.usedAt)},
            {L("music"), t.music},
            {L("key_id"), t.keyId},
            {L("until"), static_cast<double>(t.until)}};
}

std::optional<OfflineTask> offlineTaskFrom(const QJsonObject& json) {
    OfflineTask t;
    t.mediaId = json[L("media")].toString();
    if (!safeId(t.mediaId))
        return std::nullopt;
    t.kind = json[L("kind")].toString();
    t.title = json[L("title")].toString();
    t.subtitle = json[L("subtitle")].toString();
    t.quality = json[L("quality")].toString(t.quality);
    t.format = json[L("format")].toString(t.format);
    t.downloadId = json[L("download")].toString();
    t.fileId = json[L("file")].toString();
    t.fileName = json[L("name")].toString();
    t.url = json[L("url")].toString();
    t.size = large(json, "size", -1);
    t.state = valueOf(kStates, json[L("state")].toString(), State::Waiting);
    t.why = valueOf(kReasons, json[L("why")].toString(), Why::None);
    t.problem = json[L("problem")].toString();
    t.ahead = json[L("ahead")].toBool();
    t.addedAt = large(json, "added_at", 0);
    t.usedAt = large(json, "used_at", 0);
    t.music = json[L("music")].toBool();
    t.keyId = json[L("key_id")].toString();
    t.until = large(json, "until", 0);
    return t;
}

}  // namespace marea::app
