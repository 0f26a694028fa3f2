#include "core/media/language.h"

#include <algorithm>
#include <array>
#include <vector>

namespace marea::core {
namespace {

struct Language {
    std::string_view two;            // ISO 639-1
    std::string_view terminology;    // ISO 639-2/T
    std::string_view bibliographic;  // ISO 639-2/B where it differs
    std::string_view name;           // English, lower case
};

constexpr Language languages[] = {
    {"aa", "aar", "", "afar"},
    {"ab", "abk", "", "abkhazian"},
    {"ae", "ave", "", "avestan"},
    {"af", "afr", "", "afrikaans"},
    {"ak", "aka", "", "akan"},
    {"am", "amh", "", "amharic"},
    {"an", "arg", "", "aragonese"},
    {"ar", "ara", "", "arabic"},
    {"as", "asm", "", "assamese"},
    {"av", "ava", "", "avaric"},
    {"ay", "aym", "", "aymara"},
    {"az", "aze", "", "azerbaijani"},
    {"ba", "bak", "", "bashkir"},
    {"be", "bel", "", "belarusian"},
    {"bg", "bul", "", "bulgarian"},
    {"bi", "bis", "", "bislama"},
    {"bm", "bam", "", "bambara"},
    {"bn", "ben", "", "bengali"},
    {"bo", "bod", "tib", "tibetan"},
    {"br", "bre", "", "breton"},
    {"bs", "bos", "", "bosnian"},
    {"ca", "cat", "", "catalan"},
    {"ce", "che", "", "chechen"},
    {"ch", "cha", "", "chamorro"},
    {"co", "cos", "", "corsican"},
    {"cr", "cre", "", "cree"},
    {"cs", "ces", "cze", "czech"},
    {"cu", "chu", "", "church slavic"},
    {"cv", "chv", "", "chuvash"},
    {"cy", "cym", "wel", "welsh"},
    {"da", "dan", "", "danish"},
    {"de", "deu", "ger", "german"},
    {"dv", "div", "", "divehi"},
    {"dz", "dzo", "", "dzongkha"},
    {"ee", "ewe", "", "ewe"},
    {"el", "ell", "gre", "greek"},
    {"en", "eng", "", "english"},
    {"eo", "epo", "", "esperanto"},
    {"es", "spa", "", "spanish"},
    {"et", "est", "", "estonian"},
    {"eu", "eus", "baq", "basque"},
    {"fa", "fas", "per", "persian"},
    {"ff", "ful", "", "fulah"},
    {"fi", "fin", "", "finnish"},
    {"fj", "fij", "", "fijian"},
    {"fo", "fao", "", "faroese"},
    {"fr", "fra", "fre", "french"},
    {"fy", "fry", "", "western frisian"},
    {"ga", "gle", "", "irish"},
    {"gd", "gla", "", "gaelic"},
    {"gl", "glg", "", "galician"},
    {"gn", "grn", "", "guarani"},
    {"gu", "guj", "", "gujarati"},
    {"gv", "glv", "", "manx"},
    {"ha", "hau", "", "hausa"},
    {"he", "heb", "", "hebrew"},
    {"hi", "hin", "", "hindi"},
    {"ho", "hmo", "", "hiri motu"},
    {"hr", "hrv", "", "croatian"},
    {"ht", "hat", "", "haitian"},
    {"hu", "hun", "", "hungarian"},
    {"hy", "hye", "arm", "armenian"},
    {"hz", "her", "", "herero"},
    {"ia", "ina", "", "interlingua"},
    {"id", "ind", "", "indonesian"},
    {"ie", "ile", "", "interlingue"},
    {"ig", "ibo", "", "igbo"},
    {"ii", "iii", "", "sichuan yi"},
    {"ik", "ipk", "", "inupiaq"},
    {"io", "ido", "", "ido"},
    {"is", "isl", "ice", "icelandic"},
    {"it", "ita", "", "italian"},
    {"iu", "iku", "", "inuktitut"},
    {"ja", "jpn", "", "japanese"},
    {"jv", "jav", "", "javanese"},
    {"ka", "kat", "geo", "georgian"},
    {"kg", "kon", "", "kongo"},
    {"ki", "kik", "", "kikuyu"},
    {"kj", "kua", "", "kuanyama"},
    {"kk", "kaz", "", "kazakh"},
    {"kl", "kal", "", "kalaallisut"},
    {"km", "khm", "", "khmer"},
    {"kn", "kan", "", "kannada"},
    {"ko", "kor", "", "korean"},
    {"kr", "kau", "", "kanuri"},
    {"ks", "kas", "", "kashmiri"},
    {"ku", "kur", "", "kurdish"},
    {"kv", "kom", "", "komi"},
    {"kw", "cor", "", "cornish"},
    {"ky", "kir", "", "kyrgyz"},
    {"la", "lat", "", "latin"},
    {"lb", "ltz", "", "luxembourgish"},
    {"lg", "lug", "", "ganda"},
    {"li", "lim", "", "limburgish"},
    {"ln", "lin", "", "lingala"},
    {"lo", "lao", "", "lao"},
    {"lt", "lit", "", "lithuanian"},
    {"lu", "lub", "", "luba-katanga"},
    {"lv", "lav", "", "latvian"},
    {"mg", "mlg", "", "malagasy"},
    {"mh", "mah", "", "marshallese"},
    {"mi", "mri", "mao", "maori"},
    {"mk", "mkd", "mac", "macedonian"},
    {"ml", "mal", "", "malayalam"},
    {"mn", "mon", "", "mongolian"},
    {"mr", "mar", "", "marathi"},
    {"ms", "msa", "may", "malay"},
    {"mt", "mlt", "", "maltese"},
    {"my", "mya", "bur", "burmese"},
    {"na", "nau", "", "nauru"},
    {"nb", "nob", "", "norwegian bokmål"},
    {"nd", "nde", "", "north ndebele"},
    {"ne", "nep", "", "nepali"},
    {"ng", "ndo", "", "ndonga"},
    {"nl", "nld", "dut", "dutch"},
    {"nn", "nno", "", "norwegian nynorsk"},
    {"no", "nor", "", "norwegian"},
    {"nr", "nbl", "", "south ndebele"},
    {"nv", "nav", "", "navajo"},
    {"ny", "nya", "", "chichewa"},
    {"oc", "oci", "", "occitan"},
    {"oj", "oji", "", "ojibwa"},
    {"om", "orm", "", "oromo"},
    {"or", "ori", "", "oriya"},
    {"os", "oss", "", "ossetian"},
    {"pa", "pan", "", "punjabi"},
    {"pi", "pli", "", "pali"},
    {"pl", "pol", "", "polish"},
    {"ps", "pus", "", "pashto"},
    {"pt", "por", "", "portuguese"},
    {"qu", "que", "", "quechua"},
    {"rm", "roh", "", "romansh"},
    {"rn", "run", "", "rundi"},
    {"ro", "ron", "rum", "romanian"},
    {"ru", "rus", "", "russian"},
    {"rw", "kin", "", "kinyarwanda"},
    {"sa", "san", "", "sanskrit"},
    {"sc", "srd", "", "sardinian"},
    {"sd", "snd", "", "sindhi"},
    {"se", "sme", "", "northern sami"},
    {"sg", "sag", "", "sango"},
    {"si", "sin", "", "sinhala"},
    {"sk", "slk", "slo", "slovak"},
    {"sl", "slv", "", "slovenian"},
    {"sm", "smo", "", "samoan"},
    {"sn", "sna", "", "shona"},
    {"so", "som", "", "somali"},
    {"sq", "sqi", "alb", "albanian"},
    {"sr", "srp", "scc", "serbian"},
    {"ss", "ssw", "", "swati"},
    {"st", "sot", "", "southern sotho"},
    {"su", "sun", "", "sundanese"},
    {"sv", "swe", "", "swedish"},
    {"sw", "swa", "", "swahili"},
    {"ta", "tam", "", "tamil"},
    {"te", "tel", "", "telugu"},
    {"tg", "tgk", "", "tajik"},
    {"th", "tha", "", "thai"},
    {"ti", "tir", "", "tigrinya"},
    {"tk", "tuk", "", "turkmen"},
    {"tl", "tgl", "", "tagalog"},
    {"tn", "tsn", "", "tswana"},
    {"to", "ton", "", "tonga"},
    {"tr", "tur", "", "turkish"},
    {"ts", "tso", "", "tsonga"},
    {"tt", "tat", "", "tatar"},
    {"tw", "twi", "", "twi"},
    {"ty", "tah", "", "tahitian"},
    {"ug", "uig", "", "uighur"},
    {"uk", "ukr", "", "ukrainian"},
    {"ur", "urd", "", "urdu"},
    {"uz", "uzb", "", "uzbek"},
    {"ve", "ven", "", "venda"},
    {"vi", "vie", "", "vietnamese"},
    {"vo", "vol", "", "volapük"},
    {"wa", "wln", "", "walloon"},
    {"wo", "wol", "", "wolof"},
    {"xh", "xho", "", "xhosa"},
    {"yi", "yid", "", "yiddish"},
    {"yo", "yor", "", "yoruba"},
    {"za", "zha", "", "zhuang"},
    {"zh", "zho", "chi", "chinese"},
    {"zu", "zul", "", "zulu"},
};

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}
char upper(char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}
bool isLetter(char c) {
    return lower(c) >= 'a' && lower(c) <= 'z';
}
bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

std::string lowered(std::string_view text) {
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(), lower);
    return out;
}

const Language* find(std::string_view key) {
    const auto matches = [&](const Language& l) {
        return key == l.two || key == l.terminology || (!l.bibliographic.empty() && key == l.bibliographic) ||
               key == l.name;
    };
    const auto* found = std::find_if(std::begin(languages), std::end(languages), matches);
    return found == std::end(languages) ? nullptr : found;
}

bool isUndetermined(std::string_view key) {
    static constexpr std::string_view none[] = {"und", "zxx", "mis", "mul", "unknown", "undefined"};
    return std::find(std::begin(none), std::end(none), key) != std::end(none);
}

std::vector<std::string> subtags(std::string_view text) {
    std::vector<std::string> parts(1);
    for (const char c : text) {
        if (c == '-' || c == '_')
            parts.emplace_back();
        else
            parts.back() += lower(c);
    }
    return parts;
}

bool isSubtag(std::string_view part) {
    return !part.empty() && part.size() <= 8 &&
           std::all_of(part.begin(), part.end(), [](char c) { return isLetter(c) || isDigit(c); });
}

// RFC 5646 section 2.1.1: scripts in title case, regions in upper case, all else in lower case.
std::string cased(std::string part) {
    const bool letters = std::all_of(part.begin(), part.end(), isLetter);
    if (part.size() == 2 && letters)
        std::transform(part.begin(), part.end(), part.begin(), upper);
    else if (part.size() == 4 && letters)
        part[0] = upper(part[0]);
    return part;
}

}  // namespace

std::string languageTag(std::string_view name) {
    const std::string key = lowered(name);
    if (key.empty() || isUndetermined(key))
        return {};
    if (const Language* language = find(key))
        return std::string(language->two);
    const std::vector<std::string> parts = subtags(key);
    const std::string& first = parts.front();
    if ((first.size() != 2 && first.size() != 3) || !std::all_of(first.begin(), first.end(), isLetter) ||
        isUndetermined(first) || !std::all_of(parts.begin(), parts.end(), isSubtag))
        return {};
    const Language* language = find(first);
    std::string tag = language ? std::string(language->two) : first;
    for (std::size_t i = 1; i < parts.size(); ++i)
        tag += "-" + cased(parts[i]);
    return tag;
}

bool isKnownLanguage(std::string_view name) {
    const std::string key = lowered(name);
    return find(key) != nullptr || (subtags(key).size() == 2 && find(subtags(key).front()) != nullptr &&
                                    subtags(key).front().size() <= 3 && subtags(key).back().size() == 2);
}

std::string languageName(std::string_view tag) {
    const std::string_view language = tag.substr(0, tag.find('-'));
    for (const Language& known : languages) {
        if (language.empty() || (known.two != language && known.terminology != language)) {
            continue;
        }
        std::string name(known.name);
        bool begins = true;
        for (char& c : name) {
            if (begins && c >= 'a' && c <= 'z') {
                c = static_cast<char>(c - 'a' + 'A');
            }
            begins = c == ' ';
        }
        return language.size() < tag.size() ? name + " (" + std::string(tag.substr(language.size() + 1)) + ")" : name;
    }
    return std::string(tag);
}

std::string languageCode(std::string_view tag) {
    const std::string key = lowered(tag.substr(0, tag.find('-')));
    const Language* language = key.size() == 2 || key.size() == 3 ? find(key) : nullptr;
    if (language)
        return std::string(language->terminology);
    return key.size() == 3 && std::all_of(key.begin(), key.end(), isLetter) ? key : std::string();
}

}  // namespace marea::core
