#include "app/viewmodels/profileviewmodel.h"

#include <algorithm>
#include <array>
#include <functional>
#include <QLocale>

#include "core/base/utf8.h"

namespace marea::app {

using L = QLatin1String;

namespace {

// As people know formats, by what files say of themselves.
struct MusicFormat {
    const char *value, *text, *codec;
    std::array<const char*, 2> containers;
};
constexpr std::array<MusicFormat, 8> kMusic{{{"mp3", "MP3", "mp3", {"mp3", nullptr}},
                                             {"aac", "AAC", "aac", {"mp4", "mov"}},
                                             {"flac", "FLAC", "flac", {"flac", nullptr}},
                                             {"alac", "Apple Lossless", "alac", {"mp4", "mov"}},
                                             {"vorbis", "Ogg Vorbis", "vorbis", {"ogg", nullptr}},
                                             {"opus", "Opus", "opus", {"ogg", "opus"}},
                                             {"wav", "WAV", "pcm_s16le", {"wav", nullptr}},
                                             {"wma", "WMA", "wmav2", {"asf", nullptr}}}};
struct FilmFormat {
    const char *codec, *text;
};
constexpr std::array<FilmFormat, 6> kFilms{{{"h264", "H.264"},
                                            {"hevc", "HEVC (H.265)"},
                                            {"vp9", "VP9"},
                                            {"av1", "AV1"},
                                            {"mpeg4", "MPEG-4 (DivX, Xvid)"},
                                            {"mpeg2video", "MPEG-2"}}};
struct FileKind {
    const char *value, *text;
    std::array<const char*, 2> containers;
};
constexpr std::array<FileKind, 5> kFiles{{{"file:mp4", "MP4", {"mp4", "mov"}},
                                          {"file:mkv", "MKV", {"matroska", nullptr}},
                                          {"file:webm", "WebM", {"webm", nullptr}},
                                          {"file:avi", "AVI", {"avi", nullptr}},
                                          {"file:ts", "TS", {"mpegts", nullptr}}}};

// What Marea makes for devices; the names are those of resources/devices/profiles.json.
const std::vector<std::pair<QString, sync::Encoding>>& musicMade() {
    static const std::vector<std::pair<QString, sync::Encoding>> all{
        {QStringLiteral("MP3, 128 kbit/s"), {"mp3-128", "mp3", "mp3", "mp3", "", 128'000, 0}},
        {QStringLiteral("MP3, 192 kbit/s"), {"mp3-192", "mp3", "mp3", "mp3", "", 192'000, 0}},
        {QStringLiteral("MP3, 256 kbit/s"), {"mp3-256", "mp3", "mp3", "mp3", "", 256'000, 0}},
        {QStringLiteral("MP3, 320 kbit/s"), {"mp3-320", "mp3", "mp3", "mp3", "", 320'000, 0}},
        {QStringLiteral("AAC, 256 kbit/s"), {"aac-256", "mp4", "m4a", "aac", "", 256'000, 0}}};
    return all;
}

const std::vector<std::pair<QString, sync::Encoding>>& filmsMade() {
    static const std::vector<std::pair<QString, sync::Encoding>> all{
        {QStringLiteral("H.264, 480p"), {"h264-480", "mp4", "mp4", "aac", "h264", 1'600'000, 480}},
        {QStringLiteral("H.264, 720p"), {"h264-720", "mp4", "mp4", "aac", "h264", 3'200'000, 720}},
        {QStringLiteral("H.264, 1080p"), {"h264-1080", "mp4", "mp4", "aac", "h264", 8'200'000, 1080}}};
    return all;
}

bool holds(const std::vector<std::string>& list, const char* one) {
    return one != nullptr && std::find(list.begin(), list.end(), one) != list.end();
}

bool holdsAny(const std::vector<std::string>& list, const std::array<const char*, 2>& names) {
    return holds(list, names[0]) || holds(list, names[1]);
}

void add(std::vector<std::string>& list, const std::array<const char*, 2>& names) {
    for (const char* name : names)
        if (name != nullptr && !holds(list, name))
            list.emplace_back(name);
}

void takeOut(std::vector<std::string>& list, const std::array<const char*, 2>& names) {
    std::erase_if(list, [&](const std::string& one) { return one == names[0] || (names[1] && one == names[1]); });
}

QVariantMap option(const QVariant& value, const QString& text, bool checked) {
    return {{L("value"), value}, {L("text"), text}, {L("checked"), checked}};
}

// One of several numbers, the one that holds among them.
QVariantMap numberLimit(const char* key, const QString& title, qint64 current, std::vector<qint64> numbers,
                        const std::function<QString(qint64)>& textOf) {
    if (std::find(numbers.begin(), numbers.end(), current) == numbers.end())
        numbers.push_back(current);
    std::sort(numbers.begin(), numbers.end());
    QVariantList choices;
    for (const qint64 number : numbers)
        choices << option(number, textOf(number), number == current);
    return {{L("key"), QLatin1String(key)}, {L("title"), title}, {L("text"), textOf(current)}, {L("choices"), choices}};
}

QVariantMap madeOf(const char* key, const QString& title, const std::optional<sync::Encoding>& current,
                   const std::vector<std::pair<QString, sync::Encoding>>& all, const QString& nothing) {
    QVariantList choices{option(QString(), nothing, !current)};
    QString text = current ? QString::fromStdString(current->name) : nothing;
    for (const auto& [words, encoding] : all) {
        const bool is = current && current->name == encoding.name;
        text = is ? words : text;
        choices << option(QString::fromStdString(encoding.name), words, is);
    }
    return {{L("key"), QLatin1String(key)}, {L("title"), title}, {L("text"), text}, {L("choices"), choices}};
}

std::optional<sync::Encoding> madeBy(const QString& name, const std::vector<std::pair<QString, sync::Encoding>>& all) {
    for (const auto& one : all)
        if (QString::fromStdString(one.second.name) == name)
            return one.second;
    return std::nullopt;
}

// Profiles have their words in so many bytes, not characters.
std::string fitting(const QString& words) {
    return core::cleanText(words.toStdString(), 100);
}

int widthFor(int height) {
    return height >= 16'384 ? height : (height * 16 + 8) / 9 / 2 * 2;
}

template <class Ability>
int most(const std::vector<Ability>& all, int Ability::*field, int otherwise) {
    int value = all.empty() ? otherwise : 0;
    for (const Ability& one : all)
        value = std::max(value, one.*field);
    return value;
}

}  // namespace

bool ProfileViewModel::plays(const char* codec) const {
    const auto is = [codec](const auto& one) { return one.codec == codec; };
    return std::any_of(profile_.audio.begin(), profile_.audio.end(), is) ||
           std::any_of(profile_.video.begin(), profile_.video.end(), is);
}

void ProfileViewModel::begin(const sync::DeviceProfile& profile, const QString& model, bool own) {
    profile_ = profile;
    model_ = model;
    own_ = own;
    forModel_ = own && !profile.models.empty();
    on_.clear();
    const auto ofFilms = profile.filmContainers.value_or(profile.containers);
    otherContainers_ = profile.containers;
    otherFilmContainers_ = ofFilms;
    // What is shown is taken from the others; what is not, as a film's container of one that plays no films, stays
    // there.
    const auto show = [&](const char* value, const std::array<const char*, 2>& names) {
        on_.insert(value);
        takeOut(otherContainers_, names);
        takeOut(otherFilmContainers_, names);
    };
    for (const auto& format : kMusic)
        if (plays(format.codec) && holdsAny(profile.containers, format.containers))
            show(format.value, format.containers);
    for (const auto& file : kFiles)
        if (!profile.video.empty() && holdsAny(ofFilms, file.containers))
            show(file.value, file.containers);
    otherFiles_ = !profile.video.empty() && !inAnyFile();
    Q_EMIT changed();
}

sync::DeviceProfile ProfileViewModel::result() const {
    auto profile = profile_;
    profile.name = fitting(name());
    profile.containers = otherContainers_;
    profile.filmContainers.reset();
    for (const auto& format : kMusic)
        if (on_.contains(format.value))
            add(profile.containers, format.containers);
    if (!profile.video.empty()) {
        const auto ofMusic = profile.containers;
        for (const auto& file : kFiles)
            if (on_.contains(file.value))
                add(profile.containers, file.containers);
        // Music and films may come in the same kind of file, and only one of them be played in it.
        const bool same = std::all_of(kFiles.begin(), kFiles.end(), [&](const FileKind& file) {
            return on_.contains(file.value) == holdsAny(profile.containers, file.containers);
        });
        if (!same) {
            profile.containers = ofMusic;
            profile.filmContainers = filmContainers();
        }
    }
    // Whoever made it by hand for several models keeps them.
    if (!forModel_)
        profile.models.clear();
    else if (profile.models.empty())
        profile.models.push_back(fitting(model_.toLower()));
    return profile;
}

std::vector<std::string> ProfileViewModel::filmContainers() const {
    auto containers = otherFilmContainers_;
    for (const auto& file : kFiles)
        if (on_.contains(file.value))
            add(containers, file.containers);
    return containers;
}

bool ProfileViewModel::inAnyFile() const {
    return std::any_of(kFiles.begin(), kFiles.end(), [&](const FileKind& file) { return on_.contains(file.value); });
}

QVariantList ProfileViewModel::music() const {
    QVariantList list;
    for (const auto& format : kMusic)
        list << option(L(format.value), L(format.text), on_.contains(format.value));
    return list;
}

QVariantList ProfileViewModel::films() const {
    QVariantList list;
    for (const auto& format : kFilms)
        list << option(L(format.codec), L(format.text), plays(format.codec));
    return list;
}

QVariantList ProfileViewModel::files() const {
    QVariantList list;
    for (const auto& file : kFiles)
        list << option(L(file.value), L(file.text), !profile_.video.empty() && on_.contains(file.value));
    return list;
}

QVariantList ProfileViewModel::limits() const {
    const QLocale locale;
    QVariantList list;
    if (!profile_.video.empty())
        list << numberLimit("height", tr("Picture"), most(profile_.video, &sync::VideoAbility::maxHeight, 1080),
                            {480, 720, 1080, 2160, 16'384},
                            [&](qint64 n) { return n >= 16'384 ? tr("Any picture") : tr("Up to %1p").arg(n); });
    list << numberLimit("rate", tr("Sample rate"), most(profile_.audio, &sync::AudioAbility::maxSampleRate, 48'000),
                        {48'000, 96'000, 192'000, 384'000}, [&](qint64 n) {
                            return tr("Up to %1 kHz").arg(locale.toString(n / 1000.0, 'f', n % 1000 ? 1 : 0));
                        });
    list << numberLimit(
        "channels", tr("Channels"), most(profile_.audio, &sync::AudioAbility::maxChannels, 2), {2, 6, 8, 16},
        [](qint64 n) { return n == 2 ? tr("Stereo") : tr("Up to %n channel(s)", nullptr, static_cast<int>(n)); });
    list << numberLimit("bitrate", tr("Bit rate"), profile_.maxBitrate,
                        {0, 330'000, 2'000'000, 5'000'000, 10'000'000, 20'000'000, 40'000'000}, [&](qint64 n) {
                            return n == 0          ? tr("Any bit rate")
                                   : n < 1'000'000 ? tr("Up to %1 kbit/s").arg(n / 1000)
                                                   : tr("Up to %1 Mbit/s").arg(n / 1'000'000);
                        });
    list << numberLimit(
        "size", tr("File size"), profile_.maxFileSize, {0, 2'000'000'000, 4'000'000'000}, [&](qint64 n) {
            return n == 0 ? tr("Files of any size")
                          : tr("Files up to %1 GB").arg(locale.toString(n / 1e9, 'f', n % 1'000'000'000 ? 1 : 0));
        });
    return list;
}

QVariantList ProfileViewModel::makes() const {
    return {madeOf("music", tr("Other music"), profile_.audioEncoding, musicMade(), tr("Left out")),
            madeOf("film", tr("Other films"), profile_.videoEncoding, filmsMade(), tr("Left out"))};
}

QString ProfileViewModel::problem() const {
    if (name().trimmed().isEmpty())
        return tr("Give it a name.");
    if (profile_.audio.empty() && profile_.video.empty())
        return tr("Choose at least one format that it plays.");
    if (profile_.video.empty() || otherFiles_)
        return {};
    if (!inAnyFile())
        return tr("Choose at least one kind of file that films come in.");
    const auto& made = profile_.videoEncoding;
    if (made && !holds(filmContainers(), made->container.c_str()))
        return tr("Other films become MP4 files. Choose MP4 as well, or leave them out.");
    return {};
}

void ProfileViewModel::setName(const QString& name) {
    if (this->name() == name)
        return;
    profile_.name = name.toStdString();
    Q_EMIT changed();
}

void ProfileViewModel::setPlaylists(bool on) {
    profile_.wantsPlaylists = on;
    Q_EMIT changed();
}

void ProfileViewModel::setForModel(bool on) {
    forModel_ = on;
    Q_EMIT changed();
}

void ProfileViewModel::toggleMusic(std::size_t index) {
    const auto& format = kMusic[index];
    if (on_.erase(format.value) > 0) {
        std::erase_if(profile_.audio, [&](const auto& one) { return one.codec == format.codec; });
        return;
    }
    on_.insert(format.value);
    if (!plays(format.codec))
        profile_.audio.push_back({format.codec, most(profile_.audio, &sync::AudioAbility::maxChannels, 2),
                                  most(profile_.audio, &sync::AudioAbility::maxSampleRate, 48'000)});
}

void ProfileViewModel::toggleFilm(const char* codec) {
    const int height = most(profile_.video, &sync::VideoAbility::maxHeight, 1080);
    const bool first = profile_.video.empty();
    if (std::erase_if(profile_.video, [&](const auto& one) { return one.codec == codec; }) > 0)
        return;
    profile_.video.push_back({codec, widthFor(height), height});
    if (first && !inAnyFile())
        on_.insert(kFiles.front().value);
}

void ProfileViewModel::toggle(const QString& value) {
    for (std::size_t i = 0; i < kMusic.size(); ++i)
        if (value == L(kMusic[i].value))
            toggleMusic(i);
    for (const auto& format : kFilms)
        if (value == L(format.codec))
            toggleFilm(format.codec);
    for (const auto& file : kFiles)
        if (value == L(file.value) && on_.erase(file.value) == 0)
            on_.insert(file.value);
    Q_EMIT changed();
}

void ProfileViewModel::setHeight(int height) {
    for (auto& one : profile_.video) {
        one.maxHeight = height;
        one.maxWidth = widthFor(height);
    }
}

void ProfileViewModel::choose(const QString& key, const QVariant& value) {
    const qint64 number = value.toLongLong();
    if (key == L("height"))
        setHeight(static_cast<int>(std::clamp<qint64>(number, 16, 16'384)));
    else if (key == L("bitrate"))
        profile_.maxBitrate = number;
    else if (key == L("size"))
        profile_.maxFileSize = number;
    else if (key == L("music"))
        profile_.audioEncoding = madeBy(value.toString(), musicMade());
    else if (key == L("film"))
        profile_.videoEncoding = madeBy(value.toString(), filmsMade());
    for (auto& one : profile_.audio) {
        one.maxSampleRate = key == L("rate") ? static_cast<int>(number) : one.maxSampleRate;
        one.maxChannels = key == L("channels") ? static_cast<int>(number) : one.maxChannels;
    }
    Q_EMIT changed();
}

}  // namespace marea::app
