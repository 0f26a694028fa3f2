#include "app/api/reasons.h"

#include <cmath>

#include <QCoreApplication>
#include <QLocale>

namespace marea::app {
namespace {

using L = QLatin1String;

struct Reasons {
    Q_DECLARE_TR_FUNCTIONS(Reasons)
};

// The words of a code. %1 is the first of its values, %2 the second.
struct Words {
    const char* code;
    const char* text;
    const char* first = nullptr;
    const char* second = nullptr;
};

constexpr Words kWords[] = {
    {"segments_only", QT_TRANSLATE_NOOP("Reasons", "%1 takes no whole files"), "player"},
    {"protected", QT_TRANSLATE_NOOP("Reasons", "The title is protected and goes out encrypted")},
    {"no_container", QT_TRANSLATE_NOOP("Reasons", "%1 cannot open %2 files"), "player", "container"},
    {"no_combination", QT_TRANSLATE_NOOP("Reasons", "%1 cannot play %2 in such a file"), "player", "codec"},
    {"no_decoder", QT_TRANSLATE_NOOP("Reasons", "%1 has no %2 decoder"), "player", "codec"},
    {"no_decoder_profile", QT_TRANSLATE_NOOP("Reasons", "%1 cannot play this kind of %2"), "player", "codec"},
    {"level_too_high", QT_TRANSLATE_NOOP("Reasons", "The %2 picture asks too much of %1"), "player", "codec"},
    {"too_many_bits", QT_TRANSLATE_NOOP("Reasons", "%1 cannot play a picture of %2 bits a colour"), "player", "bits"},
    {"interlaced", QT_TRANSLATE_NOOP("Reasons", "%1 shows pictures in fields (interlaced) with combs"), "player"},
    {"hev1", QT_TRANSLATE_NOOP("Reasons", "%1 takes HEVC in such a file only as hvc1, and this is hev1"), "player"},
    {"no_hdr", QT_TRANSLATE_NOOP("Reasons", "%1 cannot show %2"), "player", "hdr"},
    {"too_large", QT_TRANSLATE_NOOP("Reasons", "The picture is %1, and the limit is %2"), "size", "limit"},
    {"too_fast", QT_TRANSLATE_NOOP("Reasons", "The film has %1 pictures a second, and the limit is %2"), "rate",
     "limit"},
    {"film_over_limit", QT_TRANSLATE_NOOP("Reasons", "The film is %1, and the limit is %2"), "bitrate", "limit"},
    {"sound_over_limit", QT_TRANSLATE_NOOP("Reasons", "The sound is %1, and the limit is %2"), "bitrate", "limit"},
    {"too_many_channels", QT_TRANSLATE_NOOP("Reasons", "The sound has %1 channels, and the player takes %2"),
     "channels", "limit"},
    {"loudness", QT_TRANSLATE_NOOP("Reasons", "The loudness is brought to that of other titles")},
    {"night", QT_TRANSLATE_NOOP("Reasons", "Loud and quiet are brought together for the night")},
    {"no_track_choice", QT_TRANSLATE_NOOP("Reasons", "%1 cannot choose among the sounds of a file"), "player"},
    {"picture_subtitles", QT_TRANSLATE_NOOP("Reasons", "The chosen subtitles are pictures, which %1 cannot draw"),
     "player"},
    {"profile_subtitles", QT_TRANSLATE_NOOP("Reasons", "The chosen subtitles are drawn into the picture")},
    {"no_sound", QT_TRANSLATE_NOOP("Reasons", "Without sound: nothing here can decode %1"), "codec"},
    {"uncut", QT_TRANSLATE_NOOP("Reasons", "It cannot go out in segments as it is")},
    {"unread", QT_TRANSLATE_NOOP("Reasons", "The file has not been read through yet")},
    {"apart_from_sound", QT_TRANSLATE_NOOP("Reasons", "The picture goes apart from the sound")},
    {"apart_from_picture", QT_TRANSLATE_NOOP("Reasons", "The sound goes apart from the picture")},
};

QString bitrateText(double bits) {
    const QLocale locale;
    return bits >= 1e6 ? Reasons::tr("%1 Mbit/s").arg(locale.toString(std::round(bits / 1e5) / 10))
                       : Reasons::tr("%1 kbit/s").arg(locale.toString(std::round(bits / 1e3)));
}

QString valueText(const QJsonObject& why, const char* name) {
    const QString value = why[L("values")][L(name)].toString();
    if (L(name) == L("player") && value.isEmpty())
        return Reasons::tr("The player");
    const bool ofBits = why[L("code")].toString().endsWith(L("_over_limit"));
    return ofBits ? bitrateText(value.toDouble()) : value;
}

}  // namespace

QString reasonText(const QJsonObject& why, const QString& otherwise) {
    const QString code = why[L("code")].toString();
    for (const Words& words : kWords) {
        if (code != L(words.code))
            continue;
        const QString text = Reasons::tr(words.text);
        if (words.second)  // at once: what stands in a value is no place for another
            return text.arg(valueText(why, words.first), valueText(why, words.second));
        return words.first ? text.arg(valueText(why, words.first)) : text;
    }
    return otherwise;
}

}  // namespace marea::app
