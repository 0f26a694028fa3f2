#include "core/library/playlistfile.h"

#include <algorithm>
#include <cmath>
#include <QUrl>
#include <QXmlStreamReader>
#include <QXmlStreamWriter>

#include "core/base/id.h"
#include "core/library/text.h"

namespace marea::core::library {

namespace {

constexpr std::string_view kOurId = "#MAREA:", kUrn = "urn:uuid:";

std::string cleaned(std::string_view text) {
    std::string line(text);
    std::replace_if(
        line.begin(), line.end(), [](unsigned char c) { return c < 32 || c == 127; }, ' ');
    return trimmed(line);
}

double secondsOf(const std::string& text) {
    const double seconds = std::atof(text.c_str());
    return seconds > 0 && seconds < 1e10 ? seconds : 0;
}

// Of file: URLs the path; of Windows' paths the same with '/'.
std::string locationOf(std::string_view text) {
    const std::string given = trimmed(text);
    if (startsWithNoCase(given, "file:")) {
        return QUrl(QString::fromStdString(given)).path().toStdString();
    }
    if (given.find("://") != std::string::npos) {
        return given;
    }
    std::string path = given;
    std::replace(path.begin(), path.end(), '\\', '/');
    return path;
}

// "123,Artist - Title", also with attributes before the comma.
void readInfo(std::string_view info, PlaylistFileEntry& entry) {
    entry.duration = secondsOf(std::string(info.substr(0, 20)));
    const std::size_t comma = info.find(',');
    if (comma == std::string_view::npos) {
        return;
    }
    const std::string_view shown = info.substr(comma + 1);
    const std::size_t dash = shown.find(" - ");
    entry.artist = dash == std::string_view::npos ? "" : trimmed(shown.substr(0, dash));
    entry.title = trimmed(dash == std::string_view::npos ? shown : shown.substr(dash + 3));
}

void readDirective(std::string_view line, PlaylistFile& file, PlaylistFileEntry& entry) {
    const auto rest = [&](std::string_view lower) -> std::optional<std::string_view> {
        return startsWithNoCase(line, lower) ? std::optional(line.substr(lower.size())) : std::nullopt;
    };
    if (const auto info = rest("#extinf:")) {
        readInfo(*info, entry);
    } else if (const auto album = rest("#extalb:")) {
        entry.album = trimmed(*album);
    } else if (const auto artist = rest("#extart:")) {
        entry.artist = trimmed(*artist);
    } else if (const auto name = rest("#playlist:")) {
        file.name = trimmed(*name);
    } else if (line.starts_with(kOurId) && isId(trimmed(line.substr(kOurId.size())))) {
        entry.id = trimmed(line.substr(kOurId.size()));
    }
}

PlaylistFileEntry trackOf(QXmlStreamReader& xml) {
    PlaylistFileEntry entry;
    while (xml.readNextStartElement()) {
        const QString tag = xml.name().toString();
        const std::string text = xml.readElementText(QXmlStreamReader::SkipChildElements).trimmed().toStdString();
        if (tag == QLatin1String("location") && entry.location.empty()) {
            const bool url = text.find("://") != std::string::npos || startsWithNoCase(text, "file:");
            entry.location =
                locationOf(url ? text : QUrl::fromPercentEncoding(QByteArray::fromStdString(text)).toStdString());
        } else if (tag == QLatin1String("title")) {
            entry.title = text;
        } else if (tag == QLatin1String("creator")) {
            entry.artist = text;
        } else if (tag == QLatin1String("album")) {
            entry.album = text;
        } else if (tag == QLatin1String("duration")) {
            entry.duration = secondsOf(text) / 1000;
        } else if (tag == QLatin1String("identifier") && text.starts_with(kUrn) && isId(text.substr(kUrn.size()))) {
            entry.id = text.substr(kUrn.size());
        }
    }
    return entry;
}

void readTracks(QXmlStreamReader& xml, PlaylistFile& file) {
    while (xml.readNextStartElement()) {
        if (xml.name() == QLatin1String("track") && file.entries.size() < kMostFileEntries) {
            file.entries.push_back(trackOf(xml));
        } else {
            xml.skipCurrentElement();
        }
    }
}

void writeText(QXmlStreamWriter& xml, const char* tag, const std::string& text) {
    if (!text.empty()) {
        xml.writeTextElement(QLatin1String(tag), QString::fromStdString(cleaned(text)));
    }
}

}  // namespace

PlaylistFormat playlistFormatOf(std::string_view text) {
    const std::size_t first = text.find_first_not_of("\xEF\xBB\xBF \t\r\n");
    return first != std::string_view::npos && text[first] == '<' ? PlaylistFormat::Xspf : PlaylistFormat::M3u;
}

PlaylistFile parseM3u(std::string_view text) {
    PlaylistFile file;
    PlaylistFileEntry entry;
    text.remove_prefix(text.starts_with("\xEF\xBB\xBF") ? 3 : 0);
    while (!text.empty() && file.entries.size() < kMostFileEntries) {
        const std::size_t end = std::min(text.find_first_of("\r\n"), text.size());
        const std::string line = trimmed(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.starts_with('#')) {
            readDirective(line, file, entry);
        } else if (!line.empty()) {
            entry.location = locationOf(line);
            file.entries.push_back(std::move(entry));
            entry = {};
        }
    }
    return file;
}

std::optional<PlaylistFile> parseXspf(std::string_view text) {
    QXmlStreamReader xml(QByteArray(text.data(), static_cast<qsizetype>(text.size())));
    PlaylistFile file;
    if (!xml.readNextStartElement() || xml.name() != QLatin1String("playlist")) {
        return std::nullopt;
    }
    while (xml.readNextStartElement()) {
        if (xml.name() == QLatin1String("title")) {
            file.name = xml.readElementText(QXmlStreamReader::SkipChildElements).trimmed().toStdString();
        } else if (xml.name() == QLatin1String("trackList")) {
            readTracks(xml, file);
        } else {
            xml.skipCurrentElement();
        }
    }
    return xml.hasError() ? std::nullopt : std::optional(std::move(file));
}

std::string m3uText(const PlaylistFile& file) {
    std::string text = "#EXTM3U\n";
    text += file.name.empty() ? "" : "#PLAYLIST:" + cleaned(file.name) + "\n";
    for (const PlaylistFileEntry& entry : file.entries) {
        const std::string shown = entry.artist.empty() ? entry.title : entry.artist + " - " + entry.title;
        text += "#EXTINF:" + std::to_string(std::lround(entry.duration)) + "," + cleaned(shown) + "\n";
        text += entry.album.empty() ? "" : "#EXTALB:" + cleaned(entry.album) + "\n";
        text += std::string(kOurId) + entry.id + "\n";
        // A path that begins with '#' would be a comment.
        text += (entry.location.starts_with('#') ? "./" : "") + cleaned(entry.location) + "\n";
    }
    return text;
}

std::string xspfText(const PlaylistFile& file) {
    QByteArray bytes;
    QXmlStreamWriter xml(&bytes);
    xml.setAutoFormatting(true);
    xml.writeStartDocument();
    xml.writeStartElement(QStringLiteral("playlist"));
    xml.writeAttribute(QStringLiteral("version"), QStringLiteral("1"));
    xml.writeDefaultNamespace(QStringLiteral("http://xspf.org/ns/0/"));
    writeText(xml, "title", file.name);
    xml.writeStartElement(QStringLiteral("trackList"));
    for (const PlaylistFileEntry& entry : file.entries) {
        xml.writeStartElement(QStringLiteral("track"));
        const QByteArray path = QUrl::toPercentEncoding(QString::fromStdString(entry.location), "/");
        writeText(xml, "location", path.toStdString());
        writeText(xml, "identifier", entry.id.empty() ? "" : std::string(kUrn) + entry.id);
        writeText(xml, "title", entry.title);
        writeText(xml, "creator", entry.artist);
        writeText(xml, "album", entry.album);
        writeText(xml, "duration", std::to_string(std::llround(entry.duration * 1000)));
        xml.writeEndElement();
    }
    xml.writeEndDocument();
    return bytes.toStdString();
}

}  // namespace marea::core::library
