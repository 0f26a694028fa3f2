#pragma once

#include <QJsonObject>
#include <QList>
#include <QString>
#include <QStringList>
#include <QUrl>
#include <utility>

#include "core/base/result.h"

// What the server's answers mean to the application. Absent fields keep their defaults; durations are seconds, times
// are UTC milliseconds, paths (`artworkUrl`, `url`) are relative to the server.
namespace marea::app {

struct ServerInfo {
    QString name, version, commit, id;
    bool setupNeeded = false;
};

struct Tokens {
    QString access, refresh;
    int expiresIn = 0;  // seconds
};

struct Me {
    QString id, username, role;
};

struct StreamDetail {
    int index = 0;
    QString kind, codec, profile, language, title, channelLayout, hdr;
    int channels = 0, width = 0, height = 0;
    bool isDefault = false, forced = false, hearingImpaired = false, atmos = false;
};

struct FileDetail {
    QString id, container, name;
    qint64 size = 0;
    QList<StreamDetail> streams;
};

struct ChapterDetail {
    double start = 0;
    QString title;
};

struct CreditDetail {
    QString role;  // "performer", "composer", …
    QStringList names;
};

struct SidecarDetail {
    QString id, kind, language, format, name;
    bool forced = false;
};

struct MediaItem {
    QString id, kind, title, sortTitle, status, problem, artworkUrl, overview, libraryId, hdr;
    QString entryId;           // of a playlist's entry
    QString place, placeName;  // address and name of the library it is in; empty: in the one in use
    QString orderKey;          // in a list by artist or by album: where it stands, see the server
    QString series, seriesId, seasonId, artist, artistId, albumArtist, album, albumId;
    QStringList genres, people;  // names: who directed it, then who plays in it
    QString person;              // of them, for whom a search found it, if that was why
    double duration = 0, position = 0;
    qint64 addedAt = 0;
    int year = 0, season = 0, episode = 0, disc = 0, track = 0, trackCount = 0, childCount = 0;
    int width = 0, height = 0, rating = 0, playCount = 0, popularity = 0;
    bool favourite = false, watched = false;
    int trailers = 0;  // known of one item alone
    QList<FileDetail> files;
    QList<ChapterDetail> chapters;
    QList<SidecarDetail> sidecars;
    QList<CreditDetail> credits;  // known of one item alone

    bool broken() const { return status == QLatin1String("broken") || status == QLatin1String("missing"); }
};

struct LetterPlace {
    QString letter;
    int count = 0;
    QString cursor{};  // of the page that begins with it; empty: it begins the list, or the server did not say
    QString before{};  // of what stands before it, in the list the other way round; empty with the other
};

struct MediaPage {
    QList<MediaItem> items;
    QList<LetterPlace> letters;                      // of a first page that asked for them, in the list's order
    QString nextCursor;                              // empty at the end
    int total = -1;                                  // -1: the server did not say
    QList<std::pair<QString, MediaItem>> instead{};  // of the one of that id, which was told before
    QStringList missing{};                           // addresses of libraries that are left out; "": the one in use
};

struct MediaQuery {
    QString kind, parent, library, collection, artist, status, text, sort, order, fields;
    QStringList genres;                            // any of them
    QString state;                                 // "favourite", "watched", …: of whoever asks
    int yearFrom = 0, yearTo = 0, ratingFrom = 0;  // 0: any
    QString search;                                // not empty: /search instead of /media
    QString libraryState;                          // not empty: /library?state= instead of /media
    QString homeRow;                               // not empty: that row of /home
    QString playlist;                              // not empty: what is in it
    QString similarTo;                             // not empty: what somebody who likes that title may like
    int limit = 60;
};

struct CollectionInfo {
    QString id, name;
};

struct FacetValue {
    QString value;
    int count = 0;
    bool atMost = false;  // several libraries have it, and some of that may be the same
};
struct Facets {
    QList<FacetValue> genres, decades;
};

struct LibraryInfo {
    QString id, name, state, problem, path;
    int items = 0, files = 0, broken = 0, scanned = 0, total = 0;
};

struct StreamDecision {
    int index = -1;  // of the stream in its file
    QString mode;
    QStringList reasons;
};

struct SubtitleOffer {
    QString id, language, title, format, url, mode;
    bool forced = false, isDefault = false, embedded = false;
};

struct PlaybackInfo {
    QString sessionId, mode, protocol, url, mimeType, fileId, artworkUrl;
    QString spritesUrl;  // the list of the title's thumbnails; empty: none
    StreamDecision video, audio;
    QList<SubtitleOffer> subtitles;
    QList<ChapterDetail> chapters;
    double duration = 0, position = 0;
    qint64 expiresAt = 0;
};

struct LyricLine {
    double start = 0;  // seconds; 0 in words that are not synchronised
    QString text;
};

struct Lyrics {
    bool synced = false;
    QList<LyricLine> lines;
};

// How loud a sound is from its beginning to its end.
struct Waveform {
    QList<int> peaks;  // 0 to 255, of parts of equal length
};

// One of the user's devices that is there now.
struct ListeningDevice {
    QString id, name, mediaId;  // what it plays; empty: nothing
    bool current = false, controllable = false, paused = false;
};

// A title as a file to keep, as the server has it.
struct DownloadInfo {
    QString id, fileId, fileName, state, error, url;
    double progress = 0;  // of its making
    qint64 size = -1;
};

struct SessionUpdate {  // empty unless the server renewed the URL
    QString url;
    qint64 expiresAt = 0;
};

ServerInfo parseServerInfo(const QJsonObject& json);
Tokens parseTokens(const QJsonObject& json);
Me parseMe(const QJsonObject& json);
MediaItem parseMediaItem(const QJsonObject& json);
MediaPage parseMediaPage(const QJsonObject& json);
MediaPage parsePlaylistPage(const QJsonObject& json);  // entries; what is not there any more is "missing"
QList<CollectionInfo> parseCollections(const QJsonObject& json);
Facets parseFacets(const QJsonObject& json);
QList<LibraryInfo> parseLibraries(const QJsonObject& json);
PlaybackInfo parsePlayback(const QJsonObject& json);
Lyrics parseLyrics(const QJsonObject& json);
Waveform parseWaveform(const QJsonObject& json);
QList<ListeningDevice> parseListeningDevices(const QJsonObject& json);
DownloadInfo parseDownload(const QJsonObject& json);
SessionUpdate parseSessionUpdate(const QJsonObject& json);

}  // namespace marea::app
