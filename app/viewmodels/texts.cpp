#include "app/viewmodels/texts.h"

#include <algorithm>
#include <cmath>
#include <QCoreApplication>
#include <QHash>
#include <QLocale>

namespace marea::app::texts {
namespace {

// Only for the name below which translators find these.
struct Texts {
    Q_DECLARE_TR_FUNCTIONS(Texts)
};

const QString kDot = QStringLiteral(" · ");

const StreamDetail* firstStream(const MediaItem& item, QLatin1String kind) {
    if (item.files.isEmpty())
        return nullptr;
    const StreamDetail* first = nullptr;
    for (const auto& s : item.files.first().streams) {
        if (s.kind != kind)
            continue;
        if (s.isDefault)
            return &s;
        if (!first)
            first = &s;
    }
    return first;
}

const StreamDetail* plannedStream(const MediaItem& item, const PlaybackInfo& plan, const StreamDecision& decision,
                                  QLatin1String kind) {
    for (const auto& file : item.files)
        if (file.id == plan.fileId)
            for (const auto& stream : file.streams)
                if (stream.kind == kind && stream.index == decision.index)
                    return &stream;
    return decision.mode.isEmpty() ? nullptr : firstStream(item, kind);
}

// Many files say the language once more as the title, in one tongue or another.
bool namesLanguage(const QString& title, const QString& language, const QString& name) {
    const QLocale there(language);
    const auto same = [&](const QString& other) { return title.compare(other, Qt::CaseInsensitive) == 0; };
    return same(name) || same(there.nativeLanguageName().section(QLatin1Char(' '), 0, 0)) ||
           same(QLocale::languageToString(there.language()));
}

QString joined(std::initializer_list<QString> parts, const QString& by) {
    QStringList list;
    for (const auto& part : parts)
        if (!part.isEmpty())
            list << part;
    return list.join(by);
}

}  // namespace

QString clock(double seconds) {
    const auto s = static_cast<qint64>(std::max(0.0, std::floor(seconds)));
    const auto two = [](qint64 v) { return QStringLiteral("%1").arg(v, 2, 10, QLatin1Char('0')); };
    if (s < 3600)
        return QString::number(s / 60) + QLatin1Char(':') + two(s % 60);
    return QString::number(s / 3600) + QLatin1Char(':') + two(s / 60 % 60) + QLatin1Char(':') + two(s % 60);
}

QString runtime(double seconds) {
    if (seconds <= 0)
        return {};
    if (seconds < 60)
        return Texts::tr("%1 s").arg(std::lround(seconds));
    const auto minutes = std::lround(seconds / 60);
    if (minutes < 60)
        return Texts::tr("%1 min").arg(minutes);
    return minutes % 60 == 0 ? Texts::tr("%1 h").arg(minutes / 60)
                             : Texts::tr("%1 h %2").arg(minutes / 60).arg(minutes % 60);
}

QString languageName(const QString& tag) {
    if (tag.isEmpty() || tag == QLatin1String("und"))
        return {};
    const QLocale there(tag);
    if (there.language() == QLocale::C || there.language() == QLocale::AnyLanguage)
        return tag;
    // In the reader's own tongue where we have the words, else as its speakers call it.
    static const QHash<QString, const char*> known{{QStringLiteral("en"), QT_TRANSLATE_NOOP("Texts", "English")},
                                                   {QStringLiteral("es"), QT_TRANSLATE_NOOP("Texts", "Spanish")},
                                                   {QStringLiteral("fr"), QT_TRANSLATE_NOOP("Texts", "French")},
                                                   {QStringLiteral("de"), QT_TRANSLATE_NOOP("Texts", "German")},
                                                   {QStringLiteral("it"), QT_TRANSLATE_NOOP("Texts", "Italian")},
                                                   {QStringLiteral("pt"), QT_TRANSLATE_NOOP("Texts", "Portuguese")},
                                                   {QStringLiteral("ja"), QT_TRANSLATE_NOOP("Texts", "Japanese")},
                                                   {QStringLiteral("zh"), QT_TRANSLATE_NOOP("Texts", "Chinese")},
                                                   {QStringLiteral("ru"), QT_TRANSLATE_NOOP("Texts", "Russian")},
                                                   {QStringLiteral("ca"), QT_TRANSLATE_NOOP("Texts", "Catalan")}};
    if (const auto it = known.find(there.name().section(QLatin1Char('_'), 0, 0)); it != known.end())
        return Texts::tr(*it);
    auto native = there.nativeLanguageName();
    if (!native.isEmpty())
        native[0] = native[0].toUpper();
    return native.isEmpty() ? tag : native;
}

QString codecName(const QString& codec, const QString& profile) {
    static const QHash<QString, QString> names{{QStringLiteral("h264"), QStringLiteral("H.264")},
                                               {QStringLiteral("hevc"), QStringLiteral("HEVC")},
                                               {QStringLiteral("av1"), QStringLiteral("AV1")},
                                               {QStringLiteral("vp9"), QStringLiteral("VP9")},
                                               {QStringLiteral("vp8"), QStringLiteral("VP8")},
                                               {QStringLiteral("mpeg4"), QStringLiteral("MPEG-4")},
                                               {QStringLiteral("mpeg2video"), QStringLiteral("MPEG-2")},
                                               {QStringLiteral("aac"), QStringLiteral("AAC")},
                                               {QStringLiteral("xhe-aac"), QStringLiteral("xHE-AAC")},
                                               {QStringLiteral("ac3"), QStringLiteral("AC-3")},
                                               {QStringLiteral("eac3"), QStringLiteral("E-AC-3")},
                                               {QStringLiteral("dts"), QStringLiteral("DTS")},
                                               {QStringLiteral("truehd"), QStringLiteral("TrueHD")},
                                               {QStringLiteral("flac"), QStringLiteral("FLAC")},
                                               {QStringLiteral("alac"), QStringLiteral("ALAC")},
                                               {QStringLiteral("mp3"), QStringLiteral("MP3")},
                                               {QStringLiteral("opus"), QStringLiteral("Opus")},
                                               {QStringLiteral("vorbis"), QStringLiteral("Vorbis")},
                                               {QStringLiteral("subrip"), QStringLiteral("SRT")},
                                               {QStringLiteral("ass"), QStringLiteral("ASS")},
                                               {QStringLiteral("webvtt"), QStringLiteral("WebVTT")},
                                               {QStringLiteral("mov_text"), QStringLiteral("Text")},
                                               {QStringLiteral("hdmv_pgs_subtitle"), QStringLiteral("PGS")}};
    if (codec == QLatin1String("dts") && profile.contains(QLatin1String("ma")))
        return QStringLiteral("DTS-HD MA");
    if (codec.startsWith(QLatin1String("pcm_")))
        return QStringLiteral("PCM");
    return names.value(codec, codec.toUpper());
}

QString channelsName(int channels) {
    switch (channels) {
        case 0:
            return {};
        case 1:
            return Texts::tr("Mono");
        case 2:
            return Texts::tr("Stereo");
        case 6:
            return QStringLiteral("5.1");
        case 7:
            return QStringLiteral("6.1");
        case 8:
            return QStringLiteral("7.1");
        default:
            return Texts::tr("%1 channels").arg(channels);
    }
}

QString resolutionName(int width, int height) {
    if (width <= 0 && height <= 0)
        return {};
    if (width > 3200 || height > 1800)
        return QStringLiteral("4K");
    if (width > 2200 || height > 1200)
        return QStringLiteral("1440p");
    if (width > 1500 || height > 850)
        return QStringLiteral("1080p");
    if (width > 1000 || height > 600)
        return QStringLiteral("720p");
    return Texts::tr("SD");
}

QString hdrName(const QString& hdr) {
    if (hdr == QLatin1String("hdr10"))
        return QStringLiteral("HDR10");
    if (hdr == QLatin1String("hlg"))
        return QStringLiteral("HLG");
    if (hdr == QLatin1String("dolby_vision"))
        return QStringLiteral("Dolby Vision");
    return {};
}

QString facts(const MediaItem& item) {
    QStringList parts;
    if (item.year > 0)
        parts << QString::number(item.year);
    if (item.kind == QLatin1String("album")) {
        const int tracks = std::max(item.trackCount, item.childCount);
        if (tracks > 0)
            parts << Texts::tr("%n track(s)", nullptr, tracks);
    }
    if (item.kind == QLatin1String("series") && item.childCount > 0)
        parts << Texts::tr("%n season(s)", nullptr, item.childCount);
    if (item.duration > 0)
        parts << runtime(item.duration);
    const auto* video = firstStream(item, QLatin1String("video"));
    auto hdr = item.hdr.isEmpty() && video ? video->hdr : item.hdr;
    const auto size = resolutionName(item.width, item.height);
    const bool high = !hdrName(hdr).isEmpty();
    if (!size.isEmpty())
        parts << (high ? size + QStringLiteral(" HDR") : size);
    if (const auto* audio = firstStream(item, QLatin1String("audio")); audio && !size.isEmpty() && audio->channels > 0)
        parts << channelsName(audio->channels);
    return parts.join(kDot);
}

QString episodePlace(const MediaItem& episode) {
    return episode.season > 0 ? Texts::tr("S%1 E%2").arg(episode.season).arg(episode.episode)
                              : Texts::tr("Episode %1").arg(episode.episode);
}

QString title(const MediaItem& item) {
    if (item.kind == QLatin1String("episode") && item.title == QStringLiteral("Episode %1").arg(item.episode))
        return Texts::tr("Episode %1").arg(item.episode);
    if (item.kind != QLatin1String("season"))
        return item.title;
    if (item.title.isEmpty() || item.title == QStringLiteral("Season %1").arg(item.season))
        return Texts::tr("Season %1").arg(item.season);
    return item.season == 0 && item.title == QLatin1String("Specials") ? Texts::tr("Specials") : item.title;
}

QString subtitle(const MediaItem& item) {
    const auto& kind = item.kind;
    if (kind == QLatin1String("album"))
        return joined({item.albumArtist.isEmpty() ? item.artist : item.albumArtist,
                       item.year > 0 ? QString::number(item.year) : QString()},
                      kDot);
    if (kind == QLatin1String("track"))
        return item.artist;
    if (kind == QLatin1String("artist"))
        return item.childCount > 0 ? Texts::tr("%n album(s)", nullptr, item.childCount) : QString();
    if (kind == QLatin1String("episode"))
        return joined({item.series, episodePlace(item)}, kDot);
    if (kind == QLatin1String("series") && item.childCount > 0)
        return joined({item.year > 0 ? QString::number(item.year) : QString(),
                       Texts::tr("%n season(s)", nullptr, item.childCount)},
                      kDot);
    return joined({item.year > 0 ? QString::number(item.year) : QString(), runtime(item.duration)}, kDot);
}

QString foundLine(const MediaItem& item) {
    return item.person.isEmpty() || item.kind == QLatin1String("episode") ? joined({subtitle(item), item.person}, kDot)
                                                                          : item.person;
}

QString deliveryMode(const QString& mode) {
    if (mode.isEmpty())
        return {};
    if (mode == QLatin1String("kept"))
        return Texts::tr("From this computer");
    return mode == QLatin1String("transcode") ? Texts::tr("Transcoded")
           : mode == QLatin1String("remux")   ? Texts::tr("Repackaged")
                                              : Texts::tr("Direct");
}

QString playsAs(const MediaItem& item, const PlaybackInfo& plan) {
    if (plan.mode.isEmpty())
        return {};
    const auto how = deliveryMode(plan.mode);
    if (plan.mode != QLatin1String("direct")) {
        auto reasons = plan.video.reasons + plan.audio.reasons;
        reasons.removeDuplicates();
        return joined({how, reasons.join(QStringLiteral(", "))}, kDot);
    }
    const auto* video = plannedStream(item, plan, plan.video, QLatin1String("video"));
    const auto* audio = plannedStream(item, plan, plan.audio, QLatin1String("audio"));
    QString picture, sound;
    if (video)
        picture = joined({codecName(video->codec), resolutionName(video->width, video->height), hdrName(video->hdr)},
                         QStringLiteral(" "));
    if (audio)
        sound = joined({codecName(audio->codec, audio->profile),
                        audio->atmos ? QStringLiteral("Atmos") : channelsName(audio->channels)},
                       QStringLiteral(" "));
    return joined({how, picture, sound}, kDot);
}

QString trackName(const QString& language, const QString& title, const QString& codec, int channels, bool forced) {
    auto name = languageName(language);
    if (name.isEmpty())
        name = title.isEmpty() ? Texts::tr("Unknown language") : title;
    else if (!title.isEmpty() && !namesLanguage(title, language, name))
        name += QStringLiteral(" (") + title + QLatin1Char(')');
    if (forced)
        name += QStringLiteral(", ") + Texts::tr("forced");
    Q_UNUSED(codec)
    Q_UNUSED(channels)
    return name;
}

QString error(const core::Error& error) {
    using core::ErrorCode;
    switch (error.code) {
        case ErrorCode::Unavailable:
            return Texts::tr("Couldn't reach the server. Check that it is running and that the address is right.");
        case ErrorCode::Timeout:
            return Texts::tr("The server took too long to answer.");
        case ErrorCode::Busy:
            return Texts::tr("Too many tries. Wait a little, then try again.");
        case ErrorCode::Unauthorized:
            return Texts::tr("The sign-in has ended. Sign in again.");
        case ErrorCode::NotFound:
            return Texts::tr("This is not here any more.");
        default:
            break;
    }
    if (!error.text.empty())  // ours are in the catalogue; a server's come as they are
        return QCoreApplication::translate("Player", error.text.c_str());
    return Texts::tr("Something went wrong on the server. Try again.");
}

}  // namespace marea::app::texts
