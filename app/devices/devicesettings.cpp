#include "app/devices/devicesettings.h"

#include <algorithm>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSaveFile>

namespace marea::app {

using L = QLatin1String;

namespace {

constexpr int kRemembered = 30;
constexpr qint64 kMaxFile = 64 << 20;  // of a device for which a million titles were chosen one by one

QJsonArray arrayOf(const std::vector<std::string>& texts) {
    QJsonArray array;
    for (const auto& text : texts)
        array << QString::fromStdString(text);
    return array;
}

std::vector<std::string> textsOf(const QJsonValue& value) {
    std::vector<std::string> texts;
    for (const auto& text : value.toArray())
        if (text.isString() && !text.toString().isEmpty())
            texts.push_back(text.toString().toStdString());
    return texts;
}

QJsonObject toJson(const PastSync& past) {
    return {{L("at"), past.at},           {L("written"), past.written},   {L("moved"), past.moved},
            {L("deleted"), past.deleted}, {L("problems"), past.problems}, {L("bytes"), past.bytes},
            {L("error"), past.error}};
}

PastSync pastFrom(const QJsonObject& json) {
    PastSync past;
    past.at = json[L("at")].toInteger();
    past.written = json[L("written")].toInt();
    past.moved = json[L("moved")].toInt();
    past.deleted = json[L("deleted")].toInt();
    past.problems = json[L("problems")].toInt();
    past.bytes = json[L("bytes")].toInteger();
    past.error = json[L("error")].toString();
    return past;
}

}  // namespace

QJsonObject rulesJson(const sync::SyncRules& rules) {
    QJsonObject json{{L("kinds"), arrayOf(rules.kinds)},     {L("playlists"), arrayOf(rules.playlists)},
                     {L("artists"), arrayOf(rules.artists)}, {L("titles"), arrayOf(rules.titles)},
                     {L("only_titles"), rules.onlyTitles},   {L("unwatched"), rules.unwatchedOnly}};
    if (rules.newest)
        json[L("newest")] = static_cast<qint64>(*rules.newest);
    if (rules.fillBytes)
        json[L("fill")] = static_cast<qint64>(*rules.fillBytes);
    return json;
}

sync::SyncRules rulesFrom(const QJsonObject& json) {
    sync::SyncRules rules;
    rules.kinds = textsOf(json[L("kinds")]);
    rules.playlists = textsOf(json[L("playlists")]);
    rules.artists = textsOf(json[L("artists")]);
    rules.titles = textsOf(json[L("titles")]);
    rules.onlyTitles = json[L("only_titles")].toBool();
    rules.unwatchedOnly = json[L("unwatched")].toBool();
    if (const auto newest = json[L("newest")].toInteger(); newest > 0)
        rules.newest = static_cast<std::size_t>(newest);
    if (const auto fill = json[L("fill")].toInteger(); fill > 0)
        rules.fillBytes = fill;
    return rules;
}

QJsonObject toJson(const DeviceSettings& s) {
    QJsonArray history;
    for (const auto& past : s.history.mid(0, kRemembered))
        history << toJson(past);
    return {{L("key"), s.key},       {L("name"), s.name},       {L("place"), s.place},
            {L("model"), s.model},   {L("phone"), s.phone},     {L("profile"), s.profile},
            {L("folder"), s.folder}, {L("storage"), s.storage}, {L("rules"), rulesJson(s.rules)},
            {L("history"), history}};
}

DeviceSettings deviceSettingsFrom(const QJsonObject& json) {
    DeviceSettings s;
    s.key = json[L("key")].toString();
    s.name = json[L("name")].toString();
    s.place = json[L("place")].toString();
    s.model = json[L("model")].toString();
    s.phone = json[L("phone")].toBool();
    s.profile = json[L("profile")].toString();
    s.folder = json[L("folder")].toString();
    s.storage = json[L("storage")].toString();
    s.rules = rulesFrom(json[L("rules")].toObject());
    for (const auto& past : json[L("history")].toArray())
        if (s.history.size() < kRemembered)
            s.history << pastFrom(past.toObject());
    return s;
}

QString DeviceSettingsStore::pathOf(const QString& key) const {
    return QString::fromStdString(files_.pathOf(key.toStdString(), ".device.json"));
}

QList<DeviceSettings> DeviceSettingsStore::all() const {
    QList<DeviceSettings> list;
    const QDir folder(QString::fromStdString(files_.folder()));
    for (const auto& name : folder.entryList({QStringLiteral("*.device.json")}, QDir::Files)) {
        QFile file(folder.filePath(name));
        if (file.size() > kMaxFile || !file.open(QIODevice::ReadOnly))
            continue;
        const auto settings = deviceSettingsFrom(QJsonDocument::fromJson(file.readAll()).object());
        if (!settings.key.isEmpty())
            list << settings;
    }
    std::sort(list.begin(), list.end(),
              [](const auto& a, const auto& b) { return a.name.localeAwareCompare(b.name) < 0; });
    return list;
}

core::Result<void> DeviceSettingsStore::save(const DeviceSettings& settings) const {
    QSaveFile file(pathOf(settings.key));
    const auto text = QJsonDocument(toJson(settings)).toJson();
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size() || !file.commit())
        return core::fail(core::ErrorCode::Io,
                          "The computer cannot keep what was set for the device. Is its disk full?",
                          file.errorString().toStdString());
    return {};
}

void DeviceSettingsStore::forget(const QString& key) const {
    QFile::remove(pathOf(key));
}

}  // namespace marea::app
