#include <algorithm>
#include <map>
#include <QCryptographicHash>
#include <QFileInfo>
#include <QPointer>
#include <QSet>

#include "app/viewmodels/devicetexts.h"
#include "app/viewmodels/deviceviewmodel.h"
#include "app/viewmodels/titleref.h"

// What shall be on a device: the rules, what it plays, where the library is.
namespace marea::app {

using L = QLatin1String;

namespace {

constexpr std::size_t kMostChosen = 5000;  // by themselves; more are a playlist

bool has(const std::vector<std::string>& list, const std::string& one) {
    return std::find(list.begin(), list.end(), one) != list.end();
}

void toggle(std::vector<std::string>& list, const std::string& one) {
    if (std::erase(list, one) == 0)
        list.push_back(one);
}

QVariantMap choice(const QString& value, const QString& text, bool checked) {
    return {{L("value"), value}, {L("text"), text}, {L("checked"), checked}};
}

bool comesBefore(const QString& a, const QString& b) {
    const int order = a.localeAwareCompare(b);
    return order != 0 ? order < 0 : a < b;
}

}  // namespace

// What it has is asked for at each change of the rules.
void DeviceViewModel::setLibrary(const DeviceLibraryPtr& library) {
    library_ = library;
    kinds_.clear();
    artists_.clear();
    if (!library_)
        return;
    std::set<std::string_view> artists;
    for (const auto& item : library_->items) {
        kinds_.insert(item.kind);
        artists.insert(item.artist);
    }
    kinds_.erase("");
    artists.erase("");
    for (const auto& name : artists)
        artists_ << QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
    std::sort(artists_.begin(), artists_.end(), comesBefore);
}

// Those that the library has, and those that were chosen, also when the library is not there.
QVariantList DeviceViewModel::kinds() const {
    auto names = kinds_;
    names.insert(settings_.rules.kinds.begin(), settings_.rules.kinds.end());
    if (names.empty())
        names = {"track", "movie", "episode"};
    QVariantList list;
    for (const char* kind : {"track", "audiobook", "movie", "episode", "video"})
        if (names.count(kind) > 0)
            list << choice(L(kind), devicetexts::kindName(L(kind)), has(settings_.rules.kinds, kind));
    return list;
}

// One that was chosen and is deleted since is still a rule: nothing may fit it.
QVariantList DeviceViewModel::playlists() const {
    QVariantList list;
    if (!library_)
        return list;
    auto gone = settings_.rules.playlists;
    for (const auto& one : library_->playlists) {
        const bool chosen = std::erase(gone, one.id) > 0;
        list << choice(QString::fromStdString(one.id), QString::fromStdString(one.name), chosen);
    }
    for (const auto& id : gone)
        list << choice(QString::fromStdString(id), tr("A playlist that is gone"), true);
    return list;
}

QVariantList DeviceViewModel::artists() const {
    QSet<QString> chosen;
    for (const auto& name : settings_.rules.artists)
        chosen << QString::fromStdString(name);
    QStringList names = artists_;
    for (const auto& name : chosen)
        if (const auto at = std::lower_bound(names.begin(), names.end(), name, comesBefore);
            at == names.end() || *at != name)
            names.insert(at, name);
    QVariantList list;
    for (const auto& name : names)
        list << choice(name, name, chosen.contains(name));
    return list;
}

QVariantList DeviceViewModel::titles() const {
    const auto& chosen = settings_.rules.titles;
    std::map<std::string_view, QString> names;
    for (const auto& id : chosen)
        names[id] = tr("Not in the library");
    if (library_ && !names.empty())
        for (const auto& item : library_->items)
            if (const auto name = names.find(item.id); name != names.end() && !item.path.empty())
                name->second = QFileInfo(QString::fromStdString(item.path)).completeBaseName();
    QVariantList list;
    for (const auto& id : chosen)
        list << choice(QString::fromStdString(id), names[id], true);
    return list;
}

QVariantList DeviceViewModel::profiles() const {
    QVariantList list;
    for (const auto& profile : context_.profiles) {
        const QString id = QString::fromStdString(profile.id);
        const bool known =
            std::any_of(list.begin(), list.end(), [&](const auto& one) { return one.toMap()[L("value")] == id; });
        if (!known)  // one's own goes before that of the same name
            list << QVariantMap{{L("value"), id}, {L("text"), devicetexts::profileName(profile)}};
    }
    return list;
}

sync::DeviceProfile DeviceViewModel::profileNow() const {
    const std::string model = this->model().toStdString();
    const auto chosen = profileOf(context_.profiles, settings_.profile.toStdString(), model);
    return chosen ? *chosen : sync::profileFor(context_.profiles, model);  // it is in the file no more
}

QString DeviceViewModel::profile() const {
    return QString::fromStdString(profileNow().id);
}

void DeviceViewModel::changeRules(const std::function<void(DeviceSettings&)>& how) {
    if (syncing())
        return;
    how(settings_);
    keep();
    soon_.start();
    Q_EMIT rulesChanged();
    Q_EMIT changed();
}

// Why these cannot be added; "": they can.
QString DeviceViewModel::refusal(const QStringList& ids) const {
    if (!settings_.folder.isEmpty())
        return tr("%1 gets what is in a folder. Choose the server's library on its page to add titles.").arg(name());
    if (syncing())
        return tr("%1 is being synced. Add titles when that is done.").arg(name());
    if (ids.isEmpty())
        return tr("Only titles of the library in use go to a device.");
    if (settings_.rules.titles.size() + static_cast<std::size_t>(ids.size()) > kMostChosen)
        return tr("These are too many titles. Put them into a playlist, and choose that for %1.").arg(name());
    return {};
}

void DeviceViewModel::addTitles(const QStringList& media) {
    QStringList ids;
    for (const auto& ref : media)
        if (const auto title = titleRef(ref); title.place.isEmpty())
            ids << title.id;
    if (const QString why = refusal(ids); !why.isEmpty())
        return notices_.warn(why);
    std::vector<std::string> chosen;
    for (const auto& id : ids)
        chosen.push_back(id.toStdString());
    const auto undo = [self = QPointer(this), before = settings_.rules] {
        if (self)
            self->changeRules([&before](DeviceSettings& s) { s.rules = before; });
    };
    changeRules([&chosen](DeviceSettings& s) { sync::chooseTitles(s.rules, chosen, s.history.isEmpty()); });
    notices_.tell(tr("%n title(s) go to %1 with the next sync.", nullptr, static_cast<int>(ids.size())).arg(name()),
                  tr("Undo"), undo);
}

void DeviceViewModel::removeTitle(const QString& id) {
    changeRules([&id](DeviceSettings& s) { std::erase(s.rules.titles, id.toStdString()); });
}

void DeviceViewModel::setOnlyTitles(bool on) {
    changeRules([on](DeviceSettings& s) { s.rules.onlyTitles = on; });
}

void DeviceViewModel::setUnwatchedOnly(bool on) {
    changeRules([on](DeviceSettings& s) { s.rules.unwatchedOnly = on; });
}

void DeviceViewModel::setNewest(int count) {
    changeRules([count](DeviceSettings& s) {
        s.rules.newest = count > 0 ? std::optional(static_cast<std::size_t>(count)) : std::nullopt;
    });
}

void DeviceViewModel::setFillGigabytes(int gigabytes) {
    changeRules([gigabytes](DeviceSettings& s) {
        s.rules.fillBytes = gigabytes > 0 ? std::optional(gigabytes * std::int64_t{1'000'000'000}) : std::nullopt;
    });
}

void DeviceViewModel::setProfile(const QString& id) {
    changeRules([&id](DeviceSettings& s) { s.profile = id; });
}

bool DeviceViewModel::isOwn(const std::string& id) const {
    const auto end = context_.profiles.begin() + static_cast<std::ptrdiff_t>(context_.own);
    return std::any_of(context_.profiles.begin(), end, [&](const auto& one) { return one.id == id; });
}

void DeviceViewModel::editProfile() {
    auto profile = profileNow();
    const bool own = isOwn(profile.id);
    if (!own) {
        profile.name = name().toStdString();
        profile.models.clear();
    }
    draft_.begin(profile, model(), own);
}

// A device has at most one of its own, until one is made for its model.
void DeviceViewModel::keepProfile() {
    if (syncing() || !draft_.problem().isEmpty())
        return;
    auto profile = draft_.result();
    if (!draft_.own())
        profile.id =
            "own-" + QCryptographicHash::hash(key().toUtf8(), QCryptographicHash::Sha1).toHex(0).left(12).toStdString();
    Q_EMIT profileKept(profile);
    if (isOwn(profile.id))
        setProfile(QString::fromStdString(profile.id));
}

void DeviceViewModel::forgetProfile() {
    const QString id = profile();
    if (syncing() || !isOwn(id.toStdString()))
        return;
    setProfile({});
    Q_EMIT profileForgotten(id);
}

void DeviceViewModel::onProfiles() {
    soon_.start();
    Q_EMIT rulesChanged();
    Q_EMIT changed();
}

void DeviceViewModel::toggleKind(const QString& kind) {
    changeRules([&kind](DeviceSettings& s) { toggle(s.rules.kinds, kind.toStdString()); });
}

void DeviceViewModel::togglePlaylist(const QString& id) {
    changeRules([&id](DeviceSettings& s) { toggle(s.rules.playlists, id.toStdString()); });
}

void DeviceViewModel::toggleArtist(const QString& name) {
    changeRules([&name](DeviceSettings& s) { toggle(s.rules.artists, name.toStdString()); });
}

void DeviceViewModel::setFolder(const QString& folder) {
    const auto answered = [this, folder, number = ++asked_](bool isOneInTheOther) {
        if (number != asked_)
            return;
        if (isOneInTheOther)
            return notices_.warn(
                tr("This folder is on %1, or %1 is in it: what comes would come again. Choose another folder.")
                    .arg(name()));
        takeFolder(folder);
    };
    askIsOneInTheOther(settings_.place.toStdString(), folder.toStdString(), this, answered);
}

// Playlists and artists are those of the library before.
void DeviceViewModel::takeFolder(const QString& folder) {
    if (folder == settings_.folder || syncing())
        return;
    changeRules([&folder](DeviceSettings& s) {
        s.folder = folder;
        s.rules.playlists.clear();
        s.rules.artists.clear();
        s.rules.kinds.clear();
        s.rules.titles.clear();
        s.rules.onlyTitles = false;
    });
    setLibrary(nullptr);
    loadLibrary();
    passWish();
}

void DeviceViewModel::setChosenStorage(const QString& name) {
    if (name == settings_.storage || syncing())
        return;
    changeRules([&name](DeviceSettings& s) { s.storage = name; });
    controller_.close();
    open();
}

}  // namespace marea::app
