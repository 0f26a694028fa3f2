#include "core/library/sidecars.h"

#include <algorithm>
#include <array>
#include <optional>
#include <unordered_map>

#include "core/library/filekinds.h"
#include "core/library/text.h"

namespace marea::core::library {

namespace {

const std::unordered_map<std::string_view, std::string_view>& languages() {
    static const std::unordered_map<std::string_view, std::string_view> map = {
        {"eng", "en"},        {"english", "en"},  {"ingles", "en"},     {"spa", "es"},        {"esp", "es"},
        {"spanish", "es"},    {"espanol", "es"},  {"castellano", "es"}, {"cast", "es"},       {"lat", "es-419"},
        {"latino", "es-419"}, {"fre", "fr"},      {"fra", "fr"},        {"french", "fr"},     {"francais", "fr"},
        {"ger", "de"},        {"deu", "de"},      {"german", "de"},     {"deutsch", "de"},    {"ita", "it"},
        {"italian", "it"},    {"italiano", "it"}, {"por", "pt"},        {"portuguese", "pt"}, {"portugues", "pt"},
        {"rus", "ru"},        {"russian", "ru"},  {"jpn", "ja"},        {"japanese", "ja"},   {"chi", "zh"},
        {"zho", "zh"},        {"chinese", "zh"},  {"kor", "ko"},        {"korean", "ko"},     {"ara", "ar"},
        {"arabic", "ar"},     {"dut", "nl"},      {"nld", "nl"},        {"dutch", "nl"},      {"swe", "sv"},
        {"swedish", "sv"},    {"nor", "no"},      {"norwegian", "no"},  {"nob", "nb"},        {"dan", "da"},
        {"danish", "da"},     {"fin", "fi"},      {"finnish", "fi"},    {"pol", "pl"},        {"polish", "pl"},
        {"cze", "cs"},        {"ces", "cs"},      {"czech", "cs"},      {"hun", "hu"},        {"hungarian", "hu"},
        {"tur", "tr"},        {"turkish", "tr"},  {"gre", "el"},        {"ell", "el"},        {"greek", "el"},
        {"heb", "he"},        {"hebrew", "he"},   {"rum", "ro"},        {"ron", "ro"},        {"romanian", "ro"},
        {"ukr", "uk"},        {"cat", "ca"},      {"catalan", "ca"},    {"catala", "ca"},     {"baq", "eu"},
        {"eus", "eu"},        {"euskera", "eu"},  {"glg", "gl"},        {"galego", "gl"},     {"hin", "hi"},
        {"vie", "vi"},        {"tha", "th"},      {"ind", "id"},        {"per", "fa"},        {"fas", "fa"},
        {"hrv", "hr"},        {"srp", "sr"},      {"slv", "sl"},        {"slo", "sk"},        {"slk", "sk"},
        {"bul", "bg"},        {"est", "et"},      {"lav", "lv"},        {"lit", "lt"},        {"ice", "is"},
        {"isl", "is"},        {"may", "ms"},      {"msa", "ms"}};
    return map;
}

bool twoLetterLanguage(std::string_view word) {
    static constexpr std::string_view kCodes =
        " af ar az be bg bn bs ca cs cy da de el en eo es et eu fa fi fr ga gl gu he hi hr hu hy id is it ja ka kk km "
        "kn "
        "ko ky la lb lt lv mk ml mn mr ms mt my nb ne nl nn no pa pl pt ro ru si sk sl sq sr sv sw ta te th tl tr uk "
        "ur "
        "uz vi zh zu ";
    return word.size() == 2 && kCodes.find(" " + std::string(word) + " ") != std::string_view::npos;
}

std::optional<SidecarType> typeOf(const std::string& ext) {
    static const std::unordered_map<std::string_view, SidecarType> types = {
        {"srt", SidecarType::Subtitle}, {"ass", SidecarType::Subtitle}, {"ssa", SidecarType::Subtitle},
        {"vtt", SidecarType::Subtitle}, {"smi", SidecarType::Subtitle}, {"ttml", SidecarType::Subtitle},
        {"sup", SidecarType::Subtitle}, {"idx", SidecarType::Subtitle}, {"lrc", SidecarType::Lyrics},
        {"txt", SidecarType::Lyrics},   {"jpg", SidecarType::Image},    {"jpeg", SidecarType::Image},
        {"png", SidecarType::Image},    {"webp", SidecarType::Image},   {"nfo", SidecarType::Nfo}};
    const auto found = types.find(ext);
    return found == types.end() ? std::nullopt : std::optional(found->second);
}

std::vector<std::string> suffixWords(std::string_view suffix) {
    std::vector<std::string> parts;
    std::string word;
    for (const char c : suffix) {
        if (c == '.' || c == ' ' || c == '_' || c == '[' || c == ']' || c == '(' || c == ')') {
            if (!word.empty()) {
                parts.push_back(std::move(word));
                word.clear();
            }
        } else {
            word.push_back(c);
        }
    }
    if (!word.empty()) {
        parts.push_back(std::move(word));
    }
    return parts;
}

void readSuffix(std::string_view suffix, SidecarName& sidecar) {
    for (const std::string& word : suffixWords(suffix)) {
        const std::string folded = fold(word);
        if (folded == "forced" || folded == "foreign" || folded == "forzados" || folded == "forzado") {
            sidecar.forced = true;
        } else if (folded == "sdh" || folded == "cc" || (folded == "hi" && !sidecar.language.empty())) {
            sidecar.hearingImpaired = true;
        } else if (folded == "default") {
            sidecar.isDefault = true;
        } else if (std::string tag = languageTag(word); !tag.empty()) {
            sidecar.language = std::move(tag);
        }
    }
}

// The media file with the longest stem that `name` continues after a '.', '-', ' ', '_' or at once.
int ownerOf(std::string_view name, const std::vector<std::string_view>& media, std::string_view& suffix) {
    int owner = -1;
    std::size_t longest = 0;
    for (std::size_t i = 0; i < media.size(); ++i) {
        const std::string_view own = stem(media[i]);
        const bool continues =
            name.size() == own.size() ||
            (name.size() > own.size() && std::string_view(".- _").find(name[own.size()]) != std::string_view::npos);
        if (own.size() >= longest && name.starts_with(own) && continues && !own.empty()) {
            owner = static_cast<int>(i);
            longest = own.size();
            suffix = name.substr(own.size());
        }
    }
    return owner;
}

int onlyVideo(const std::vector<std::string_view>& media) {
    int found = -1;
    for (std::size_t i = 0; i < media.size(); ++i) {
        if (fileKind(media[i]) == FileKind::Video) {
            if (found >= 0) {
                return -1;
            }
            found = static_cast<int>(i);
        }
    }
    return found;
}

// "Subs/2_English.srt" beside the only film, "Subs/Film.en.srt" or "Subs/Film/3_Spanish.srt". `suffix`: what may name
// the language.
int ownerOfNested(std::string_view path, const std::vector<std::string_view>& media, std::string_view& suffix) {
    const std::string_view fileStem = stem(fileName(path)), folder = fileName(folderOf(path));
    if (const int owner = ownerOf(fileStem, media, suffix); owner >= 0) {
        return owner;
    }
    suffix = fileStem;
    for (std::size_t i = 0; i < media.size(); ++i) {
        if (stem(media[i]) == folder) {
            return static_cast<int>(i);
        }
    }
    return folderOf(folderOf(path)).empty() ? onlyVideo(media) : -1;
}

int ownImageRank(std::string_view suffix) {
    const std::string folded = fold(suffix);
    if (folded.empty() || folded == "-poster" || folded == "-cover") {
        return 1;
    }
    return folded == "-thumb" || folded == ".thumb" ? 2 : 0;
}

bool isFolderNfo(std::string_view fileStem) {
    const std::string folded = fold(fileStem);
    return folded == "movie" || folded == "tvshow" || folded == "season" || folded == "album" || folded == "artist";
}

// Whether it is a sidecar at all once its owner is known.
bool settle(SidecarName& sidecar, std::string_view fileStem, std::string_view suffix,
            const std::vector<std::string_view>& media) {
    switch (sidecar.type) {
        case SidecarType::Subtitle:
            if (sidecar.media < 0) {
                sidecar.media = onlyVideo(media);
                suffix = fileStem;
            }
            readSuffix(suffix, sidecar);
            return sidecar.media >= 0;
        case SidecarType::Lyrics:
            return sidecar.media >= 0 && suffix.empty() &&
                   fileKind(media[static_cast<std::size_t>(sidecar.media)]) == FileKind::Audio;
        case SidecarType::Image:
            sidecar.rank = sidecar.media >= 0 ? ownImageRank(suffix) : folderImageRank(fileStem);
            return sidecar.media >= 0 || sidecar.rank > 0 || fold(fileStem) == "fanart" || fold(fileStem) == "backdrop";
        case SidecarType::Nfo:
            return (sidecar.media >= 0 && suffix.empty()) || isFolderNfo(fileStem);
    }
    return false;
}

}  // namespace

bool mayBeSidecar(std::string_view fileName) {
    const std::string ext = extension(fileName);
    return typeOf(ext).has_value() || ext == "sub";
}

std::string vobSubData(std::string_view indexName) {
    const std::size_t dot = indexName.rfind('.');
    if (dot == std::string_view::npos || extension(indexName) != "idx") {
        return {};
    }
    const bool upper = indexName.substr(dot + 1) == "IDX";
    return std::string(indexName.substr(0, dot + 1)) + (upper ? "SUB" : "sub");
}

std::string languageTag(std::string_view word) {
    const std::string folded = fold(word);
    if (twoLetterLanguage(folded)) {
        return folded;
    }
    if (const auto found = languages().find(folded); found != languages().end()) {
        return std::string(found->second);
    }
    if (folded.size() >= 5 && folded.size() <= 7 && folded[2] == '-' && twoLetterLanguage(folded.substr(0, 2))) {
        return folded.substr(0, 2) + std::string(word.substr(2));
    }
    return {};
}

int folderImageRank(std::string_view fileStem) {
    static constexpr std::array<std::string_view, 6> kNames = {"poster", "cover", "folder", "front", "album", "thumb"};
    const auto* found = std::find(kNames.begin(), kNames.end(), fold(fileStem));
    return found == kNames.end() ? 0 : static_cast<int>(found - kNames.begin()) + 1;
}

bool isSubtitleFolder(std::string_view name) {
    const std::string folded = fold(name);
    return folded == "subs" || folded == "sub" || folded == "subtitles" || folded == "subtitulos" ||
           folded == "vobsubs";
}

std::vector<SidecarName> matchSidecars(const std::vector<std::string_view>& media,
                                       const std::vector<std::string_view>& others) {
    std::vector<SidecarName> found;
    for (std::size_t i = 0; i < others.size(); ++i) {
        const std::string ext = extension(others[i]);
        const auto type = typeOf(ext);
        if (!type || (ext == "idx" && std::find(others.begin(), others.end(), vobSubData(others[i])) == others.end())) {
            continue;
        }
        SidecarName sidecar;
        sidecar.type = *type;
        sidecar.index = i;
        sidecar.format = ext == "jpeg" ? "jpg" : ext;
        const std::string_view fileStem = stem(fileName(others[i]));
        std::string_view suffix;
        if (!folderOf(others[i]).empty()) {  // in a folder of subtitles
            sidecar.media = *type == SidecarType::Subtitle ? ownerOfNested(others[i], media, suffix) : -1;
            if (sidecar.media >= 0) {
                readSuffix(suffix, sidecar);
                found.push_back(std::move(sidecar));
            }
            continue;
        }
        const bool ofFolder = (*type == SidecarType::Image && folderImageRank(fileStem) > 0) ||
                              (*type == SidecarType::Nfo && isFolderNfo(fileStem));
        sidecar.media = ofFolder ? -1 : ownerOf(fileStem, media, suffix);
        if (settle(sidecar, fileStem, suffix, media)) {
            found.push_back(std::move(sidecar));
        }
    }
    return found;
}

}  // namespace marea::core::library
