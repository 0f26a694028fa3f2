#include <algorithm>
#include <cstdint>
#include <map>
#include <string>

#include "server/packaging/subtitles/charset.h"
#include "server/packaging/subtitles/textlines.h"

namespace marea::server {
namespace {

// The letters beyond ASCII that a language writes, the commonest first.
struct Alphabet {
    std::string_view language;
    std::u32string_view letters;
};

constexpr Alphabet kAlphabets[] = {{"de", U"üäöß"},
                                   {"fr", U"éèàêçùâîôûëïœ"},
                                   {"es", U"óíáéñúü"},
                                   {"pt", U"ãéáçíóõúêâàô"},
                                   {"it", U"èàùòìé"},
                                   {"nl", U"ëéïèöóü"},
                                   {"sv", U"äåöé"},
                                   {"da", U"åøæé"},
                                   {"is", U"áíðéúýöóþæ"},
                                   {"pl", U"łęąóżśćńź"},
                                   {"cs", U"íáěéřčšžýůúňďťó"},
                                   {"sk", U"áíčéžýšúľťňôďóäĺŕ"},
                                   {"hu", U"éáöőüíóűú"},
                                   {"ro", U"ăîâşţșț"},
                                   {"hr", U"čšžćđ"},
                                   {"tr", U"ıüşğçöâ"},
                                   {"et", U"äõüöšž"},
                                   {"lv", U"āīēšūņķļžčģ"},
                                   {"lt", U"ėšųįąžūčę"},
                                   {"sq", U"ëç"},
                                   {"ca", U"àéèíóçúòïü"},
                                   {"vi", U"đưôơêăâáà\u0301\u0300\u0323\u0309\u0303éèóòúùíìýảãạ"},
                                   {"ru", U"оеаинтслрвкмдпуяызьбгчйхжюшцщэфъё"},
                                   {"uk", U"оаинвітерскмлудпяьзбгйчхжцюїшєщфґ"},
                                   {"bg", U"аоиетнрсвлкдпмзбуъгячйжцхшщюфь"},
                                   {"sr", U"аоиенрстукдјмпвзгблчжшцхђћњљџф"},
                                   {"be", U"аінеорслтькўудямпзвыгбчцйэхшжюфё"},
                                   {"el", U"αοιετσνηυρπκμλςδωγχθφβξζψάέίόήύώϊ"},
                                   {"he", U"יוהלאתרמבשנעדחקםפצכגסטזךןףץ"},
                                   {"ar", U"اليمنوترهبعدسفكقحجأشصطخضذىغةثظزئءآإؤًّ"},
                                   {"fa", U"ایرنمدتوهسبشکگزفخعقجپچآحصطلغضظذژثيك"},
                                   {"th", U"านรอกเงมยลวดทสตะปบคหแจพชขใไโผซธศถ่้ัิีุู็์ำึื"}};

constexpr std::u32string_view kCommonHan =
    U"的一是了不我在有人这他你们来到大上个国说为子和要生会自着去之过家学对可里么没好小就看那得起她道都下还也多天事想能"
    U"這們來個國說為會著過學對裡麼沒還後時經話讓给給什吗嗎吧呢";
constexpr std::u32string_view kCommonHangul = U"이다는을의가에고지한도나어하아사로기자인그너내거있없안네요게리해라";

constexpr std::u32string_view kNeutral =
    U"“”‘’–—…«»¿¡♪♫°©®™€£§·•№„‚‹›´`¸\u00A0\u200E\u200F、。「」『』？！，：；～・—《》【】";

std::uint32_t folded(std::uint32_t c) {
    if ((c >= 0xC0 && c <= 0xDE && c != 0xD7) || (c >= 0x391 && c <= 0x3A9) || (c >= 0x410 && c <= 0x42F))
        return c + 32;
    if (c == 0x130)
        return 'i';
    if ((c >= 0x100 && c <= 0x137) || (c >= 0x14A && c <= 0x177) || (c >= 0x218 && c <= 0x21B))
        return c | 1;
    if ((c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17E))
        return c + (c & 1);
    if (c >= 0x400 && c <= 0x40F)
        return c + 80;
    if (c >= 0x388 && c <= 0x38A)
        return c + 37;
    return c == 0x386 ? 0x3AC : c == 0x38C ? 0x3CC : c == 0x38E || c == 0x38F ? c + 63 : c;
}

bool isIdeograph(std::uint32_t c) {
    return (c >= 0x3040 && c <= 0x30FF) || (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7A3);
}

bool isSymbol(std::uint32_t c) {  // of those that legacy charsets have in place of letters
    return c < 0xC0 || c == 0xD7 || c == 0xF7 || (c >= 0x2000 && c < 0x3000) || (c >= 0x2C6 && c <= 0x2DD);
}

double mistake(std::uint32_t c) {
    if (c == 0xFFFD)
        return -3;
    if ((c >= 0xE000 && c <= 0xF8FF) || (c >= 0x80 && c <= 0x9F))
        return -2;
    return isSymbol(c) ? -1 : 0;
}

double eastAsian(std::string_view language, std::uint32_t c) {
    const bool kana = c >= 0x3041 && c <= 0x30FE, han = c >= 0x4E00 && c <= 0x9FFF, hangul = c >= 0xAC00 && c <= 0xD7A3;
    if (language == "ja")
        return kana ? (c < 0x30A0 ? 1.0 : 0.8) : han ? 0.5 : -1;
    if (language == "ko")
        return hangul ? (kCommonHangul.find(c) != std::u32string_view::npos ? 1.0 : 0.7) : han ? -0.2 : -1;
    return han ? (kCommonHan.find(c) != std::u32string_view::npos ? 1.0 : 0.4) : -1;
}

double ofAlphabet(std::u32string_view letters, std::uint32_t c) {
    const std::size_t rank = letters.find(static_cast<char32_t>(folded(c)));
    if (rank == std::u32string_view::npos)
        return -1;
    return 1 - 0.6 * static_cast<double>(rank) / static_cast<double>(letters.size());
}

std::uint32_t nextCharacter(std::string_view text, std::size_t& at) {
    const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<std::uint8_t>(text[i]) : 0u; };
    const std::uint32_t first = byte(at);
    const std::size_t length = first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    std::uint32_t code = length == 1 ? first : first & (0x7Fu >> length);
    for (std::size_t i = 1; i < length; ++i)
        code = code << 6 | (byte(at + i) & 0x3F);
    at += length;
    return code;
}

// The characters beyond ASCII of a text, and what is odd about their neighbours.
struct Census {
    std::map<std::uint32_t, std::size_t> letters;
    std::size_t total = 0;
    double odd = 0;  // not above zero

    explicit Census(std::string_view text) {
        std::uint32_t before = ' ';
        for (std::size_t at = 0; at < text.size();) {
            const std::uint32_t c = nextCharacter(text, at);
            neighbours(before, c);
            before = c;
            if (c < 0x80 || kNeutral.find(static_cast<char32_t>(c)) != std::u32string_view::npos)
                continue;
            ++total;
            if (const double bad = mistake(c); bad < 0)
                odd += bad;
            else
                ++letters[c];
        }
    }

    void neighbours(std::uint32_t before, std::uint32_t c) {
        const auto isAscii = [](std::uint32_t x) { return x < 0x80 && isLetter(static_cast<char>(x)); };
        const auto isSmall = [&](std::uint32_t x) {
            return isAscii(x) ? x >= 'a' : x >= 0xC0 && x < 0x590 && folded(x) == x;
        };
        const bool capital = isAscii(c) ? c < 'a' : folded(c) != c;
        if (isSmall(before) && capital)
            odd -= 0.5;
        if ((isAscii(before) && isIdeograph(c)) || (isIdeograph(before) && isAscii(c)))
            odd -= 0.5;
        // Latin letters in a word of another script.
        const auto isOther = [](std::uint32_t x) { return x >= 0x370 && x < 0xE60; };
        if ((isAscii(before) && isOther(c)) || (isOther(before) && isAscii(c)))
            odd -= 0.5;
    }

    template <class Weigh>
    double mean(const Weigh& weigh) const {
        double sum = odd;
        for (const auto& [letter, count] : letters)
            sum += weigh(letter) * static_cast<double>(count);
        return sum / static_cast<double>(std::max<std::size_t>(total, 1));
    }
};

}  // namespace

double plausibility(std::string_view utf8, std::string_view language) {
    constexpr double kAsTold = 0.2;
    const Census census(utf8);
    if (census.total == 0)
        return 0.3 + std::max(census.odd, -1.0);
    const std::string told = lowered(language.substr(0, 2));
    double best = -10;
    const auto consider = [&](std::string_view name, double mean) {
        best = std::max(best, mean + (name == told ? kAsTold : 0));
    };
    for (const Alphabet& alphabet : kAlphabets)
        consider(alphabet.language, census.mean([&](std::uint32_t c) { return ofAlphabet(alphabet.letters, c); }));
    for (const std::string_view name : {"ja", "ko", "zh"})
        consider(name, census.mean([&](std::uint32_t c) { return eastAsian(name, c); }));
    return best;
}

}  // namespace marea::server
