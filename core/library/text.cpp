#include "core/library/text.h"

#include <algorithm>
#include <array>
#include <QString>

namespace marea::core::library {

namespace {

bool isAscii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

// Letters that Unicode does not decompose, though people type them without the stroke or as two letters.
QLatin1String plainLetters(char16_t c) {
    switch (c) {
        case u'ß':
            return QLatin1String("ss");
        case u'æ':
            return QLatin1String("ae");
        case u'œ':
            return QLatin1String("oe");
        case u'ø':
            return QLatin1String("o");
        case u'ł':
            return QLatin1String("l");
        case u'đ':
        case u'ð':
            return QLatin1String("d");
        case u'þ':
            return QLatin1String("th");
        case u'ı':
            return QLatin1String("i");
        case u'ħ':
            return QLatin1String("h");
        default:
            return {};
    }
}

QString foldedUnicode(std::string_view text) {
    const QString decomposed = QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()))
                                   .normalized(QString::NormalizationForm_KD)
                                   .toCaseFolded();
    QString plain;
    plain.reserve(decomposed.size());
    for (const QChar c : decomposed) {
        if (c.isMark()) {
            continue;
        }
        const QLatin1String letters = plainLetters(c.unicode());
        if (letters.isEmpty()) {
            plain.append(c);
        } else {
            plain.append(letters);
        }
    }
    return plain;
}

// N, then a letter that nothing folds and that comes after z.
constexpr std::string_view kEnye = "n\u0292";

std::string withEnye(std::string_view text) {
    std::string result(text);
    for (const std::string_view letter : {"ñ", "Ñ", "n\u0303", "N\u0303"}) {
        for (std::size_t at = result.find(letter); at != std::string::npos; at = result.find(letter, at)) {
            result.replace(at, letter.size(), kEnye);
        }
    }
    return result;
}

std::string toStd(const QString& text) {
    const QByteArray bytes = text.toUtf8();
    return std::string(bytes.constData(), static_cast<std::size_t>(bytes.size()));
}

std::string collapse(const std::string& text) {
    std::string result;
    for (const char c : text) {
        if (c != ' ' || (!result.empty() && result.back() != ' ')) {
            result.push_back(c);
        }
    }
    if (!result.empty() && result.back() == ' ') {
        result.pop_back();
    }
    return result;
}

bool isApostrophe(char16_t c) {
    return c == u'\'' || c == u'’' || c == u'ʼ' || c == u'`' || c == u'´';
}

constexpr std::array kArticles = {"the ",  "a ",    "an ", "el ",  "la ", "los ", "las ", "lo ", "un ", "una ",
                                  "unos ", "unas ", "le ", "les ", "l'",  "der ", "das ", "il ", "gli "};

}  // namespace

std::string fold(std::string_view text) {
    if (!isAscii(text)) {
        return toStd(foldedUnicode(text));
    }
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(), lower);
    return result;
}

std::string searchText(std::string_view text) {
    if (isAscii(text)) {
        std::string result;
        result.reserve(text.size());
        for (const char raw : text) {
            const char c = lower(raw);
            if ((c >= 'a' && c <= 'z') || isDigit(c)) {
                result.push_back(c);
            } else if (c != '\'' && c != '`') {
                result.push_back(' ');
            }
        }
        return collapse(result);
    }
    // Typographic apostrophes go before the decomposition, which would turn some into a space and a mark.
    QString source = QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
    source.removeIf([](QChar c) { return isApostrophe(c.unicode()); });
    QString folded = foldedUnicode(toStd(source));
    for (QChar& c : folded) {
        if (!c.isLetterOrNumber() && !c.isSurrogate()) {
            c = QLatin1Char(' ');
        }
    }
    return collapse(toStd(folded));
}

std::vector<std::string> words(std::string_view text) {
    std::vector<std::string> result;
    std::size_t start = 0;
    while (start < text.size()) {
        const std::size_t end = std::min(text.find(' ', start), text.size());
        if (end > start) {
            result.emplace_back(text.substr(start, end - start));
        }
        start = end + 1;
    }
    return result;
}

std::string sortTitle(std::string_view title) {
    const std::string whole = trimmed(title);
    for (const std::string_view article : kArticles) {
        if (startsWithNoCase(whole, article)) {
            std::string rest = trimmed(std::string_view(whole).substr(article.size()));
            if (!rest.empty()) {
                return rest;
            }
        }
    }
    return whole;
}

std::string sortKey(std::string_view sortTitle) {
    constexpr std::size_t kDigits = 10;
    const std::string title = withEnye(sortTitle);
    const std::string folded = searchText(title);
    const std::string& source = folded.empty() ? fold(title) : folded;
    std::string key;
    for (std::size_t i = 0; i < source.size();) {
        if (!isDigit(source[i])) {
            key.push_back(source[i++]);
            continue;
        }
        std::size_t end = i;
        while (end < source.size() && isDigit(source[end])) {
            ++end;
        }
        while (i + 1 < end && source[i] == '0') {
            ++i;
        }
        if (end - i < kDigits) {
            key.append(kDigits - (end - i), '0');
        }
        key.append(source, i, end - i);
        i = end;
    }
    return key;
}

std::string initialOf(std::string_view sortKey) {
    if (sortKey.starts_with(kEnye)) {
        return "Ñ";
    }
    const std::size_t head = std::min<std::size_t>(sortKey.size(), 8);
    const QString key = QString::fromUtf8(sortKey.data(), static_cast<qsizetype>(head));
    return !key.isEmpty() && key.front().isLetter() ? toStd(QString(key.front()).toUpper()) : "#";
}

bool naturalLess(std::string_view a, std::string_view b) {
    const std::string left = sortKey(a);
    const std::string right = sortKey(b);
    return left != right ? left < right : a < b;
}

std::string trimmed(std::string_view text) {
    constexpr std::string_view kSpace = " \t\r\n\v\f";
    const std::size_t start = text.find_first_not_of(kSpace);
    if (start == std::string_view::npos) {
        return {};
    }
    return std::string(text.substr(start, text.find_last_not_of(kSpace) - start + 1));
}

bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

bool startsWithNoCase(std::string_view text, std::string_view lowerPrefix) {
    return text.size() >= lowerPrefix.size() && std::equal(lowerPrefix.begin(), lowerPrefix.end(), text.begin(),
                                                           [](char p, char t) { return p == lower(t); });
}

std::string_view fileName(std::string_view path) {
    const std::size_t slash = path.rfind('/');
    return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

std::string_view folderOf(std::string_view path) {
    const std::size_t slash = path.rfind('/');
    return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
}

std::string_view stem(std::string_view name) {
    const std::size_t dot = name.rfind('.');
    return dot == std::string_view::npos || dot == 0 ? name : name.substr(0, dot);
}

std::string extension(std::string_view name) {
    const std::size_t dot = name.rfind('.');
    if (dot == std::string_view::npos || dot == 0) {
        return {};
    }
    std::string result(name.substr(dot + 1));
    std::transform(result.begin(), result.end(), result.begin(), lower);
    return result;
}

std::vector<std::string_view> pathParts(std::string_view path) {
    std::vector<std::string_view> parts;
    while (!path.empty()) {
        const std::size_t slash = path.find('/');
        parts.push_back(path.substr(0, slash));
        path = slash == std::string_view::npos ? std::string_view() : path.substr(slash + 1);
    }
    return parts;
}

}  // namespace marea::core::library
